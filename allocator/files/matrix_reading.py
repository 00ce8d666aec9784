"""Reading a quota table in the office's form back into a plan, with all its faults at once.

A table has its headings in one row, below any titles: the first column for the junior highs, one
for each senior high. Names or codes are matched exactly, but for blanks and full-width signs. An
empty cell is 0. A totals row and column may be there, and are then checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Literal

from allocator.admission.entitlement import Cell
from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Plan, QuotaCell
from allocator.files.matrix_grid import Grid, grids_at
from allocator.files.matrix_labels import (
    SHEET,
    Labels,
    TableForm,
    asides,
    form_of,
    is_total,
    listed,
    plain,
)
from allocator.scenario import Scenario

_NUMBERING = ("序号", "编号", "No.", "no.")
"""How a column of running numbers before the first one is headed."""
_NOTES = ("注", "备注", "说明", "Note")
"""How a note below a table begins."""
_HELPED = 30
"""Unknown names for which near ones are looked up; more of them are another county's table."""
_TOTAL = "\0total"
"""Stands for a totals column beside the codes of senior highs."""

_Kind = Literal["high", "school"]
_UNKNOWN = {
    "high": "{given} is no senior high that divides places here: correct it or write its code",
    "school": "{given} is no junior high of this division: correct it or write its code",
}
_NEAR = {
    "high": "{given} is no senior high that divides places here (near: {near}): correct it or "
    "write its code",
    "school": "{given} is no junior high of this division (near: {near}): correct it or write its "
    "code",
}
_SEVERAL = {
    "high": "{given} may be several senior highs: write the code, one of {codes}",
    "school": "{given} may be several junior highs: write the code, one of {codes}",
}
_MISSING = {
    "high": "{name} is missing: add its column, empty cells stand for 0",
    "school": "{name} is missing: add its row, empty cells stand for 0",
}
_TWICE = "{name} is listed twice, first at {first}: keep one"


def load_matrix(path: str | PathLike[str], scenario: Scenario, sheet: str | None = None) -> Plan:
    """Read a quota table, as xlsx or CSV, into a plan of the admission part.

    Parameters
    ----------
    sheet
        Sheet of the workbook; None takes the only one that holds such a table, or of several the
        one named as in our workbooks.

    Raises
    ------
    DataError
        With everything that is wrong with the table, each with its cell.
    """
    form = form_of(scenario)
    file = Path(path)
    return read_matrix(str(file), _chosen(file, grids_at(file), sheet), form)[0]


def read_matrix(
    name: str, grids: Sequence[Grid], form: TableForm
) -> tuple[Plan, Mapping[Cell, str]]:
    """The plan of the one table among some sheets, and the cell of every pair.

    Raises
    ------
    DataError
        With everything that is wrong with the table, each with its cell.
    """
    found = [(grid, top) for grid in grids if (top := _heading_row(grid, form)) is not None]
    if not found:
        text = "no row names a senior high that divides places ({known}): head each column with one"
        known = listed(form.highs.names.values())
        raise DataError((Problem(name, text, {"known": known}),))
    if len(found) > 1:
        found = [one for one in found if one[0].name in SHEET] or found
    if len(found) > 1:
        text = "several sheets hold a table of places ({sheets}): name one, or remove the others"
        sheets = listed(grid.name for grid, _ in found)
        raise DataError((Problem(name, text, {"sheets": sheets}),))
    reader = _Reader(form, *found[0])
    return reader.plan(), reader.places_at()


def _chosen(file: Path, grids: Sequence[Grid], sheet: str | None) -> Sequence[Grid]:
    chosen = [grid for grid in grids if sheet in (None, grid.name)]
    if sheet is not None and not chosen:
        text = "there is no sheet {sheet}: choose one of {known}"
        details = {"sheet": sheet, "known": listed(grid.name for grid in grids)}
        raise DataError((Problem(str(file), text, details),))
    return chosen


def _heading_row(grid: Grid, form: TableForm) -> int | None:
    """The first row with a senior high in any column but the first."""
    for number, row in enumerate(grid.cells):
        if any(form.highs.meant(grid.text(number, n)) for n in range(1, len(row))):
            return number
    return None


class _Reader:
    """One table while it is read: what it says, and what is wrong with it."""

    def __init__(self, form: TableForm, grid: Grid, top: int) -> None:
        self.form, self.grid, self.top = form, grid, top
        self.bottom = len(grid.cells)
        self.width = max(len(row) for row in grid.cells[top:])
        self.problems: list[Problem] = []
        self.unknown = 0
        self.nearby: set[str] = set()
        self.first = self._first_column()
        self.highs: dict[int, str] = {}
        self.schools: dict[int, str] = {}
        self.columns: list[int] = []
        """Columns that hold places, also those of an unknown senior high."""
        self.rows: list[int] = []
        """Rows that hold places, also those of an unknown junior high or of none."""
        self.total_column: int | None = None
        self.total_row: int | None = None

    def plan(self) -> Plan:
        """The plan the table states."""
        self._headings()
        self._names()
        places = {(r, c): self.grid.places(r, c) for r in self.rows for c in self.columns}
        for cell in (cell for cell, number in places.items() if number is None):
            self._no_number(*cell)
        self._totals(places)
        self._missing()
        if self.problems:
            raise DataError(tuple(self.problems))
        named = {
            (self.highs[c], self.schools[r]): number for (r, c), number in places.items() if number
        }
        return Plan(
            quotas=tuple(
                QuotaCell(senior_high=high, junior_high=school, places=number)
                for (high, school), number in sorted(named.items())
            )
        )

    def places_at(self) -> Mapping[Cell, str]:
        """The cell of every pair that was read."""
        return {
            (high, school): self.grid.at(row, column)
            for column, high in self.highs.items()
            for row, school in self.schools.items()
        }

    def _first_column(self) -> int:
        """The first column with anything in it, running numbers left out."""
        used = (
            n
            for n in range(self.width)
            if any(self.grid.text(r, n) for r in range(self.top, self.bottom))
        )
        first = next(used)
        numbering = plain(self.grid.text(self.top, first)) in _NUMBERING
        return next(used, first) if numbering else first

    def _label(self, row: int) -> str:
        """What names a row; totals may be called so in the column of running numbers."""
        label = self.grid.text(row, self.first)
        before = (self.grid.text(row, n) for n in range(self.first))
        return label or next((text for text in before if is_total(text)), "")

    def _headings(self) -> None:
        seen: dict[str, int] = {}
        for n in range(self.first + 1, self.width):
            label = self.grid.text(self.top, n)
            if not label:
                self._under_no_heading(n)
                continue
            total = is_total(label)
            aside = plain(label) in asides() or plain(label) in _NUMBERING
            if not total and aside and not self.form.highs.meant(label):
                continue
            code = _TOTAL if total else self._code("high", label, self.top, n)
            if code != _TOTAL:
                self.columns.append(n)
            if code in seen:
                details = {"name": label, "first": self.grid.at(self.top, seen[code])}
                self.problems.append(Problem(self.grid.at(self.top, n), _TWICE, details))
            elif code == _TOTAL:
                self.total_column = seen[code] = n
            elif code:
                self.highs[n], seen[code] = code, n

    def _under_no_heading(self, column: int) -> None:
        for row in range(self.top + 1, self.bottom):
            if self.grid.text(row, column):
                text = "this cell stands under no heading: remove it"
                self.problems.append(Problem(self.grid.at(row, column), text))

    def _names(self) -> None:
        seen: dict[str, int] = {}
        for row in range(self.top + 1, self.bottom):
            label, at = self._label(row), self.grid.at(row, self.first)
            if self._note(row, label):
                continue
            if self.total_row is not None:
                text = "this row stands below the totals: move it above them or remove it"
                self.problems.append(Problem(at, text))
            elif not label:
                self.rows.append(row)
                text = "this row names no junior high: enter its name or remove the row"
                self.problems.append(Problem(at, text))
            elif is_total(label):
                self.total_row = row
            else:
                self.rows.append(row)
                code = self._code("school", label, row, self.first)
                if code in seen:
                    details = {"name": label, "first": self.grid.at(seen[code], self.first)}
                    self.problems.append(Problem(at, _TWICE, details))
                elif code:
                    self.schools[row], seen[code] = code, row

    def _note(self, row: int, label: str) -> bool:
        """Whether a row says something about the table, or nothing, and holds no places."""
        if self.total_row is not None:
            return not any(
                self.grid.text(row, c) and self.grid.places(row, c) for c in self.columns
            )
        bare = not any(self.grid.text(row, n) for n in range(self.first + 1, self.width))
        return bare and (not label or label.startswith(_NOTES))

    def _code(self, kind: _Kind, label: str, row: int, column: int) -> str:
        """The code a label means; empty, and said, where it means none or several."""
        labels = self._labels(kind)
        codes = labels.meant(label)
        if len(codes) == 1:
            return codes[0]
        at = self.grid.at(row, column)
        if codes:
            self.nearby.update(codes)
            details = {"given": label, "codes": listed(codes)}
            self.problems.append(Problem(at, _SEVERAL[kind], details))
            return ""
        if kind == "school" and (pool := self.form.pooled.get(plain(label))):
            text = "{given} receives its places with {pool}: enter them in the row of the pool"
            self.problems.append(Problem(at, text, {"given": label, "pool": pool}))
            return ""
        self.unknown += 1
        near = labels.near(label) if self.unknown <= _HELPED else ()
        self.nearby.update(code for name in near for code in labels.meant(name))
        text = (_NEAR if near else _UNKNOWN)[kind]
        self.problems.append(Problem(at, text, {"given": label[:60], "near": listed(near)}))
        return ""

    def _labels(self, kind: _Kind) -> Labels:
        return self.form.highs if kind == "high" else self.form.schools

    def _no_number(self, row: int, column: int) -> None:
        text = (
            "{school}, {high}: {given} is no whole number of places: enter one, or leave the cell "
            "empty for 0"
        )
        details = {**self._where(row, column), "given": self.grid.text(row, column)[:40]}
        self.problems.append(Problem(self.grid.at(row, column), text, details))

    def _where(self, row: int, column: int) -> dict[str, str]:
        return {"school": self._label(row), "high": self.grid.text(self.top, column)}

    def _totals(self, places: dict[tuple[int, int], int | None]) -> None:
        """Totals that the table states, against the sums of its places."""
        for (row, column), parts in self._summed():
            said = self.grid.places(row, column)
            numbers = [places[cell] for cell in parts]
            there = sum(number or 0 for number in numbers)
            if said is None:
                self._no_number(row, column)
            elif self.grid.text(row, column) and None not in numbers and said != there:
                text = (
                    "{school}, {high}: the total says {stated}, its places add up to {sum}: "
                    "correct a place or the total"
                )
                details = {**self._where(row, column), "stated": said, "sum": there}
                self.problems.append(Problem(self.grid.at(row, column), text, details))

    def _summed(self) -> Iterator[tuple[tuple[int, int], Iterable[tuple[int, int]]]]:
        """Each cell of totals, and the cells it adds up."""
        right, low = self.total_column, self.total_row
        if right is not None:
            for r in self.rows:
                yield (r, right), [(r, c) for c in self.columns]
        if low is not None:
            for c in self.columns:
                yield (low, c), [(r, c) for r in self.rows]
        if right is not None and low is not None:
            yield (low, right), [(r, c) for r in self.rows for c in self.columns]

    def _missing(self) -> None:
        """Those the table leaves out, unless an unknown name looks like them."""
        right = max([self.first, *self.columns]) + 1
        low = max([self.top, *self.rows]) + 1
        for kind, at in (("high", (self.top, right)), ("school", (low, self.first))):
            there = {*self.highs.values(), *self.schools.values(), *self.nearby}
            needed = {code for cell in self.form.entitlement.cells for code in cell} - there
            names = self._labels("high" if kind == "high" else "school").names
            for code in (code for code in names if code in needed):
                text = _MISSING[kind]
                self.problems.append(Problem(self.grid.at(*at), text, {"name": names[code]}))
