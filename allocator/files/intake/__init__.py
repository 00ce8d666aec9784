"""From sheets of any shape to a changed scenario, with nothing doubtful taken over silently."""
