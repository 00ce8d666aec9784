"""The result of a run: headline, tables, pictures, downloads."""

from allocator.ui.results.views import TITLES, show_view, views

__all__ = ["TITLES", "show_view", "views"]
