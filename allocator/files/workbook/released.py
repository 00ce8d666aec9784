"""Workbooks in the form in which they leave the personnel section, and of a single table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from allocator.files.workbook.contents import sheets
from allocator.files.workbook.sheet import Sheet
from allocator.files.workbook.workbook import book_bytes, workbook_bytes
from allocator.insight.released import FORM, Form, released_exchange
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome

_SPEAK_OF_NOBODY = frozenset({
    "Summary", "Coverage", "Famous teachers", "Training need", "Further supply", "Supply placed",
    "Quota matrix", "Ways of rounding", "Junior highs by rounding", "Indicators",
    "Plan indicators", "School indicators", "Quota steps", "Quota multipliers", "Quota check",
    "Quota ties", "Expected use", "Expected return", "Approval form", "Exchange rates",
    "School rates", "Over and short", "Quota changes", "Changes by school",
})  # fmt: skip
"""Sheets without any person. A new sheet stays inside until it is named here."""


def released_workbook(
    scenario: Scenario, outcome: Outcome, form: Form, lang: Language = "zh"
) -> bytes:
    """The workbook of an outcome in one form.

    Outside the personnel section it holds the exchange list in that form and the sheets that speak
    of nobody.
    """
    if form == "internal":
        return workbook_bytes(scenario, outcome, lang, internal=True)
    return book_bytes(scenario, _released(scenario, outcome, form, lang), lang)


def _released(scenario: Scenario, outcome: Outcome, form: Form, lang: Language) -> Iterator[Sheet]:
    staffing = outcome.part("staffing")
    if staffing is not None and staffing.plan is not None:
        title = Text("教师交流名单", "Exchange list")
        table = released_exchange(scenario, staffing.plan, form, lang)
        yield Sheet(title, title, table, note=FORM[form].say(lang), fixed=1)
    yield from (s for s in sheets(scenario, outcome, lang) if s.name.en in _SPEAK_OF_NOBODY)


def table_bytes(
    scenario: Scenario,
    table: pd.DataFrame,
    title: Text,
    lang: Language = "zh",
    *,
    names: Mapping[str, str] | None = None,
    note: str = "",
) -> bytes:
    """A workbook with one table.

    Parameters
    ----------
    names
        Words for columns named after data.
    note
        One line under the title.
    """
    sheet = Sheet(title, title, table, names=names or {}, note=note, fixed=1)
    return book_bytes(scenario, [sheet], lang)
