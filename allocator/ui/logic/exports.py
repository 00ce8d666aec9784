"""What can be taken away, in which forms, under which file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pandas as pd

from allocator import insight
from allocator.files.csv_tables import csv_bytes
from allocator.files.workbook.released import released_workbook, table_bytes
from allocator.insight.released import (
    FORM,
    Form,
    released_eligibility,
    released_exchange,
)
from allocator.insight.vocabulary import word
from allocator.modelling import Language, Text
from allocator.scenario import PartName, Scenario
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.library import file_stem

Kind = Literal["workbook", "persons", "table", "page", "scenario", "outcome"]
Made = Callable[[Scenario, Findings | None, Language], pd.DataFrame]


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
    made
        The table of a ``table``.
    """

    code: str
    title: Text
    kind: Kind
    part: PartName | None = None
    solved: bool = True
    made: Made | None = None

    def asks(self, findings: Findings | None) -> bool:
        """Whether the form is asked for: where there are persons in it."""
        placed = findings is not None and "staffing" in findings.solved
        return self.kind == "persons" or (self.kind == "workbook" and placed)

    def possible(self, scenario: Scenario, findings: Findings | None) -> bool:
        """Whether it can be made of what is there."""
        if self.kind == "outcome":
            return findings is not None
        if self.kind == "page":
            return findings is not None and findings.publishable
        if self.solved:
            solved = findings.solved if findings is not None else ()
            return bool(solved) if self.part is None else self.part in solved
        return self.part is None or scenario.part(self.part) is not None


def _found(name: str) -> Made:
    """A table of the findings."""

    def made(scenario: Scenario, findings: Findings | None, lang: Language) -> pd.DataFrame:
        assert findings is not None, f"{scenario.title} has no plan"
        return findings.table(name, lang)

    return made


def _summary(scenario: Scenario, findings: Findings | None, lang: Language) -> pd.DataFrame:
    assert findings is not None, f"{scenario.title} has no plan ({lang})"
    return findings.summary


ITEMS: tuple[Item, ...] = (
    Item("workbook", Text("整本工作簿", "Whole workbook"), "workbook"),
    Item("exchange", Text("交流名单", "Exchange list"), "persons", "staffing"),
    Item(
        "eligibility", Text("交流资格名单", "Eligibility list"), "persons", "staffing", solved=False
    ),
    Item("quotas", Text("名额分配表", "Quota table"), "table", "admission", made=_found("quotas")),
    Item(
        "page",
        Text("名额公示网页（HTML）", "Quota page for publication (HTML)"),
        "page",
        "admission",
    ),
    Item("summary", Text("主要指标", "Headline figures"), "table", made=_summary),
    Item("coverage", Text("课时覆盖", "Coverage"), "table", "staffing", made=_found("coverage")),
    Item("famous", Text("农村名师", "Famous teachers"), "table", "staffing", made=_found("famous")),
    Item(
        "indicators",
        Text("校际差异系数", "Difference coefficients"),
        "table",
        "staffing",
        made=_found("indicators"),
    ),
    Item(
        "school_indicators",
        Text("各校指标", "Indicators by school"),
        "table",
        "staffing",
        made=_found("school_indicators"),
    ),
    Item("proof", Text("目标与理论界", "Goals and bounds"), "table", made=_found("proof")),
    Item("scenario", Text("方案设定（JSON）", "Scenario (JSON)"), "scenario", solved=False),
    Item("outcome", Text("求解结果（JSON）", "Result (JSON)"), "outcome"),
)
"""Everything, in the order of the page."""


def item(code: str) -> Item:
    """An item by its code."""
    return next(i for i in ITEMS if i.code == code)


def possible(scenario: Scenario, findings: Findings | None) -> list[Item]:
    """What can be taken away now."""
    return [i for i in ITEMS if i.possible(scenario, findings)]


def table_of(
    item: Item, form: Form | None, scenario: Scenario, findings: Findings | None, lang: Language
) -> pd.DataFrame:
    """The table of an item, for the preview and for the file; the same at both.

    Raises
    ------
    ValueError
        If the item is about persons and no form is chosen.
    """
    if item.made is not None:
        return item.made(scenario, findings, lang)
    if form is None:
        raise ValueError(f"{item.code} is about persons: its form must be chosen")
    if item.code == "eligibility":
        return released_eligibility(scenario, form, lang)
    assert findings is not None, f"{scenario.title} has no plan"
    return released_exchange(findings.scenario, findings.seen, form, lang)


def names_of(item: Item, findings: Findings | None) -> Mapping[str, str]:
    """Words for columns named after data."""
    if item.code == "quotas" and findings is not None:
        return insight.senior_high_names(findings.scenario)
    return {}


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


def whole(findings: Findings, form: Form | None, lang: Language) -> bytes:
    """The workbook in one form; one without persons has all its sheets.

    Raises
    ------
    ValueError
        If there are persons in it and no form is chosen.
    """
    if form is None and "staffing" in findings.solved:
        raise ValueError("the workbook is about persons: its form must be chosen")
    return released_workbook(findings.scenario, findings.outcome, form or "internal", lang)


def file_name(
    scenario: Scenario, item: Item, form: Form | None, on: date, ending: str, lang: Language
) -> str:
    """Scenario, what it is, its form, and the day of the result: a file that names itself."""
    what = item.title.say(lang).split("（")[0].split(" (")[0]
    pieces = [file_stem(scenario.title) or "plan", what]
    if form is not None:
        pieces.append(word(FORM, form, lang))
    return f"{' '.join(' '.join(pieces).split())} {on:%Y-%m-%d}.{ending}"
