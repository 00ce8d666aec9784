"""The quota table of a results workbook, read back with the cell of every pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allocator.admission.entitlement import Cell
from allocator.county.frozen import DataError, Problem
from allocator.files.books import RawSheet
from allocator.files.matrix_grid import Grid
from allocator.files.matrix_labels import SHEET, form_of, plain
from allocator.files.matrix_reading import read_matrix
from allocator.insight.by_hand.edits import quotas_by_cell
from allocator.modelling import Text
from allocator.scenario import Scenario

QUOTAS = "quota_matrix"
"""Identity of the sheet."""
_TITLE = Text("优质示范高中名额分配表", "Quota places of senior highs for junior highs")
_TOP = 10
"""Rows in which the title is looked for."""


def quota_sheet(sheets: Iterable[RawSheet], known: Iterable[str] = ()) -> RawSheet | None:
    """The sheet with the quota table: as the workbook tells, by name, or by title.

    Parameters
    ----------
    known
        Names of sheets that the workbook itself says hold it.
    """
    held, told = list(sheets), set(known)
    names, titles = set(map(plain, SHEET)), set(map(plain, _TITLE))
    by_title = (
        s
        for s in held
        if any(isinstance(c, str) and plain(c) in titles for row in s.rows[:_TOP] for c in row)
    )
    for found in (
        (s for s in held if s.name in told),
        (s for s in held if plain(s.name) in names),
        by_title,
    ):
        if (sheet := next(found, None)) is not None:
            return sheet
    return None


def read_quotas(
    sheet: RawSheet, scenario: Scenario
) -> tuple[Mapping[Cell, int], Mapping[Cell, str], tuple[Problem, ...]]:
    """Places of every pair, the cell each stands in, and all that is wrong."""
    cells = [["" if cell is None else cell for cell in row] for row in sheet.rows]
    try:
        plan, at = read_matrix(sheet.name, [Grid(sheet.name, cells)], form_of(scenario))
    except DataError as error:
        return {}, {}, error.problems
    return quotas_by_cell(plan), at, ()
