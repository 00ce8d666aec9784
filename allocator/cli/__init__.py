"""The command line: ``allocator solve``, ``audit``, ``measure``, ``generate``, and more."""

from allocator.cli.entry import main

__all__ = ["main"]
