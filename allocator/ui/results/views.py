"""All views of a result. A new view adds one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from allocator.modelling import Text
from allocator.scenario import PartName
from allocator.ui.logic.findings import Findings
from allocator.ui.results.overview import show_overview
from allocator.ui.results.proven import show_proof
from allocator.ui.results.quotas import show_quotas
from allocator.ui.results.staffing import (
    show_coverage,
    show_exchange,
    show_famous,
    show_indicators,
)


@dataclass(frozen=True)
class View:
    """One view: its title, the part it needs a plan of, and who draws it."""

    title: Text
    part: PartName | None
    show: Callable[[Findings], None]


VIEWS: Mapping[str, View] = {
    "overview": View(Text("总览", "Overview"), None, show_overview),
    "exchange": View(Text("交流名单", "Exchange list"), "staffing", show_exchange),
    "coverage": View(Text("开课情况", "Coverage"), "staffing", show_coverage),
    "famous": View(Text("农村名师", "Famous teachers"), "staffing", show_famous),
    "balance": View(Text("均衡指标", "Balance"), "staffing", show_indicators),
    "quotas": View(Text("名额分配", "Quota places"), "admission", show_quotas),
    "proof": View(Text("规则与证明", "Rules and proof"), None, show_proof),
}
TITLES: Mapping[str, Text] = {name: view.title for name, view in VIEWS.items()}


def views(findings: Findings) -> tuple[str, ...]:
    """The views that have something to show; the overview always says how it ended."""
    return tuple(
        name
        for name, view in VIEWS.items()
        if name == "overview" or (findings.solved and view.part in (None, *findings.solved))
    )


def show_view(name: str, findings: Findings) -> None:
    """Draw one view."""
    VIEWS[name].show(findings)
