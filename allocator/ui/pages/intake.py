"""Bring in: what comes by file, shown first, taken over as one edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allocator.modelling import Text
from allocator.ui.bringing.edited import show_edited
from allocator.ui.bringing.returned import show_returned
from allocator.ui.bringing.tables import show_tables
from allocator.ui.frame import Context
from allocator.ui.results.grids import view

_VIEWS: Mapping[str, tuple[Text, Callable[[Context], None]]] = {
    "tables": (Text("数据表", "Tables of data"), show_tables),
    "returned": (Text("学校交回的核对表", "Lists that schools sent back"), show_returned),
    "edited": (Text("手工改过的结果", "Results changed by hand"), show_edited),
}


def show_intake(context: Context) -> None:
    """A switch between the kinds of files, and the one chosen."""
    offered = {
        code: title
        for code, (title, _) in _VIEWS.items()
        if code != "returned" or context.scenario.staffing is not None
    }
    chosen = view(offered, f"intake-view-{len(offered)}")
    _VIEWS[chosen][1](context)
