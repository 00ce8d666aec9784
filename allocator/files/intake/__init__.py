"""A bureau's own spreadsheets into a scenario: recognised, read, proposed, then taken over."""
