"""The result of a run: headline, tables, pictures, downloads."""

from allocator.ui.results.results import show_results

__all__ = ["show_results"]
