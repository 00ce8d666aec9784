"""Placing teachers: groups, model, plan seen as people at places, rules and goals."""
