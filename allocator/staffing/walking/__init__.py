"""Walking (走教): who may teach beside the own subject at the own section, where, and how much."""
