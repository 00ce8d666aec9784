"""What came of a run, drawn piece by piece."""
