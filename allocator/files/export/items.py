"""What the page and the command offer to take away, and under which file name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from allocator.files.csv_tables import csv_bytes
from allocator.files.export import tables
from allocator.files.export.result import Result
from allocator.files.naming import file_stem
from allocator.files.workbook.released import released_workbook, table_bytes
from allocator.insight.identity import table_without_identity
from allocator.insight.released import FORM, Form, released_eligibility
from allocator.insight.vocabulary import word
from allocator.modelling import Language, Text
from allocator.scenario import PartName, Scenario

Kind = Literal[
    "workbook",
    "persons",
    "table",
    "page",
    "scenario",
    "outcome",
    "notices",
    "confirm",
    "map",
    "tables",
]


@dataclass(frozen=True)
class Item:
    """Something that can be taken away.

    Attributes
    ----------
    kind
        The form of a list of persons, and of a workbook with persons in it, is asked for each
        time; a table speaks of nobody.
    part
        The part of the scenario it is about, None for all.
    solved
        Whether there must be a plan.
    """

    code: str
    title: Text
    kind: Kind
    part: PartName | None = None
    solved: bool = True

    def asks(self, result: Result | None) -> bool:
        """Whether the form is asked for: where there are persons in it."""
        placed = result is not None and "staffing" in result.solved
        always = self.kind in ("persons", "confirm")
        return always or (self.kind in ("workbook", "notices", "tables") and placed)

    def possible(self, scenario: Scenario, result: Result | None) -> bool:
        """Whether it can be made of what is there."""
        if self.kind == "outcome":
            return result is not None
        if self.kind == "page":
            return result is not None and result.publishable
        if self.solved:
            solved = result.solved if result is not None else ()
            return bool(solved) if self.part is None else self.part in solved
        return self.part is None or scenario.part(self.part) is not None


ITEMS: tuple[Item, ...] = (
    Item("workbook", Text("整本工作簿", "Whole workbook"), "workbook"),
    Item("exchange", Text("交流名单", "Exchange list"), "persons", "staffing"),
    Item(
        "eligibility", Text("交流资格名单", "Eligibility list"), "persons", "staffing", solved=False
    ),
    Item(
        "confirm",
        Text("资格核对表（发各校）", "Eligibility lists to confirm (for schools)"),
        "confirm",
        "staffing",
        solved=False,
    ),
    Item("notices", Text("各校通知单", "Notices to schools"), "notices"),
    Item("quotas", Text("名额分配表", "Quota table"), "table", "admission"),
    Item(
        "page",
        Text("名额公示网页（HTML）", "Quota page for publication (HTML)"),
        "page",
        "admission",
    ),
    Item("summary", Text("主要指标", "Headline figures"), "table"),
    Item("coverage", Text("课时覆盖", "Coverage"), "table", "staffing"),
    Item("famous", Text("农村名师", "Famous teachers"), "table", "staffing"),
    Item("indicators", Text("校际差异系数", "Difference coefficients"), "table", "staffing"),
    Item("school_indicators", Text("各校指标", "Indicators by school"), "table", "staffing"),
    Item("proof", Text("目标与理论界", "Goals and bounds"), "table"),
    Item("tables", Text("全部结果表（压缩包）", "All tables of results (zip)"), "tables"),
    Item("map", Text("学校与流向（GeoJSON）", "Schools and flows (GeoJSON)"), "map", solved=False),
    Item("scenario", Text("方案设定（JSON）", "Scenario (JSON)"), "scenario", solved=False),
    Item("outcome", Text("求解结果（JSON）", "Result (JSON)"), "outcome"),
)
"""Everything, in the order of the page."""


def item(code: str) -> Item:
    """An item by its code."""
    return next(i for i in ITEMS if i.code == code)


def possible(scenario: Scenario, result: Result | None) -> list[Item]:
    """What can be taken away now."""
    return [i for i in ITEMS if i.possible(scenario, result)]


def table_of(
    item: Item, form: Form | None, scenario: Scenario, result: Result | None, lang: Language
) -> pd.DataFrame:
    """The table of an item, for the preview and for the file; the same at both.

    Raises
    ------
    ValueError
        If the item is about persons and no form is chosen.
    """
    if item.kind == "persons" and form is None:
        raise ValueError(f"{item.code} is about persons: its form must be chosen")
    if item.code == "eligibility":
        assert form is not None
        return table_without_identity(released_eligibility(scenario, form, lang))
    assert result is not None, f"{scenario.title} has no plan"
    return tables.table(item.code).of(result, form, lang)


def names_of(item: Item, result: Result | None, lang: Language = "zh") -> Mapping[str, str]:
    """Words for columns named after data."""
    if result is None or item.kind not in ("table", "persons"):
        return {}
    return tables.table(item.code).names(result, lang)


def as_csv(table: pd.DataFrame, names: Mapping[str, str], lang: Language) -> bytes:
    """A table as CSV."""
    return csv_bytes(table, lang, names=names)


def as_xlsx(
    item: Item,
    form: Form | None,
    table: pd.DataFrame,
    names: Mapping[str, str],
    scenario: Scenario,
    lang: Language,
) -> bytes:
    """A table as a workbook of one sheet."""
    note = word(FORM, form, lang) if form is not None else ""
    return table_bytes(scenario, table, item.title, lang, names=names, note=note)


def whole(result: Result, form: Form | None, lang: Language) -> bytes:
    """The workbook in one form; one without persons has all its sheets.

    Raises
    ------
    ValueError
        If there are persons in it and no form is chosen.
    """
    if form is None and "staffing" in result.solved:
        raise ValueError("the workbook is about persons: its form must be chosen")
    return released_workbook(result.scenario, result.outcome, form or "internal", lang)


def file_name(
    scenario: Scenario, item: Item, form: Form | None, on: date, ending: str, lang: Language
) -> str:
    """Scenario, what it is, its form, and the day of the result: a file that names itself."""
    what = item.title.say(lang).split("（")[0].split(" (")[0]
    pieces = [file_stem(scenario.title) or "plan", what]
    if form is not None:
        pieces.append(word(FORM, form, lang))
    return f"{' '.join(' '.join(pieces).split())} {on:%Y-%m-%d}.{ending}"
