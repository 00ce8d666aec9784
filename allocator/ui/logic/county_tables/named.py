"""Rows that name teachers by their numbers, with the names beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allocator.modelling import Language, Text
from allocator.records.fields import Field
from allocator.records.rows import Table
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Only, Values

NAME = Field(Text("姓名", "Name"), fixed=True)
NAMES = Field(Text("姓名（按序）", "Names (in order)"), fixed=True, long=True)


def with_names(
    held: Table, columns: Mapping[str, str]
) -> Callable[[Scenario, Language, Only], Mapping[str, Values]]:
    """The rows of a table with names beside the numbers.

    Parameters
    ----------
    columns
        Column of one number or of several -> column of the name or names.
    """

    def rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
        teachers, joint = scenario.county.teacher, "、" if lang == "zh" else ", "

        def named(value: Any) -> str:
            if isinstance(value, list):
                return joint.join(named(one) for one in value)
            return teachers[value].name if value in teachers else ""

        return {
            id: {**values, **{told: named(values[c]) for c, told in columns.items()}}
            for id, values in held.rows(scenario.county).items()
            if only is None or id in only
        }

    return rows
