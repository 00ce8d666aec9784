"""Bringing spreadsheets in: files, what they were recognised as, questions, problems, changes."""
