"""The county page: its tables, its map, and what cannot be used."""
