"""The lists of a results workbook, found again wherever people have put them.

A list is known by the name of its sheet or by its title, in Chinese or English; its columns by
their headings, in any order and any row. What is not a heading of ours is kept out of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from allocator.county.frozen import Problem
from allocator.files.books import Cell, RawSheet, cell_path
from allocator.files.edited.identity import Told
from allocator.files.matrix_labels import is_total, plain
from allocator.insight.headings import COLUMNS
from allocator.modelling import Text

Role = Literal["exchange", "transfers", "returns", "heads", "supply"]
"""Which list of a plan a sheet holds."""

_CALLED: Mapping[Role, tuple[Text, ...]] = {
    "exchange": (Text("交流名单", "Exchange list"), Text("教师交流名单", "Exchange list")),
    "transfers": (
        Text("随调名单", "Transfers"),
        Text("随调名单（编制关系随转）", "Transfers: the post moves along"),
    ),
    "returns": (
        Text("期满返回名单", "Returns"),
        Text("交流期满返回名单", "Returns at the end of earlier terms"),
    ),
    "heads": (
        Text("书记校长建议（内部）", "Heads (internal)"),
        Text("书记校长交流建议（不得公示）", "Proposals about heads, not for publication"),
    ),
    "supply": (
        Text("补充师资去向", "Supply placed"),
        Text("补充师资去向（按人数）", "Further supply by school"),
    ),
}
"""Names of the sheets and their titles, as the workbook writes them."""
_IDENTITY: Mapping[Role, str] = {
    "exchange": "exchange_list",
    "transfers": "transfers",
    "returns": "returns",
    "heads": "heads_internal",
    "supply": "supply_placed",
}
"""What the workbook itself calls them, out of sight."""
MOVES: tuple[Role, ...] = ("exchange", "transfers", "returns", "heads")
_MOVE_COLUMNS = (
    "teacher", "name", "subject", "stage", "from_school", "from_campus", "to_school", "to_campus",
    "kind", "ground", "start", "years", "points_rank",
)  # fmt: skip
_SUPPLY_COLUMNS = ("school", "campus", "stage", "subject", "supply_kind", "placed")
_NEEDED: Mapping[Role, tuple[tuple[str, ...], ...]] = {
    **dict.fromkeys(MOVES, (("teacher", "name"), ("to_school", "to_campus"))),
    "supply": (("school", "campus"), ("subject",), ("placed",)),
}
"""Of each group of columns at least one must be there."""
_SEARCHED = 60
"""Rows in which headings are looked for."""


@dataclass(frozen=True)
class List:
    """A list of a plan as it stands in a sheet."""

    role: Role
    sheet: RawSheet
    top: int
    """Row of the headings, counted from 0."""
    columns: Mapping[str, int]
    """Code of a column -> where it stands."""

    @property
    def rows(self) -> range:
        """Rows under the headings."""
        return range(self.top + 1, len(self.sheet.rows))

    def value(self, row: int, code: str) -> Cell:
        """What a cell holds; nothing where the column is gone."""
        n = self.columns.get(code)
        line = self.sheet.rows[row]
        return line[n] if n is not None and n < len(line) else None

    def text(self, row: int, code: str) -> str:
        """What a cell shows, without blanks around it."""
        value = self.value(row, code)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip()

    def at(self, row: int, code: str = "") -> str:
        """Sheet and cell; sheet and row where the column is gone."""
        return cell_path(self.sheet.name, row, self.columns.get(code))

    def is_note(self, row: int, *codes: str) -> bool:
        """Whether a row holds nothing in these columns, or totals."""
        filled = [c for c in self.sheet.rows[row] if c not in (None, "")]
        if filled and is_total(str(filled[0])):
            return True
        return not any(self.text(row, code) for code in codes)


@dataclass(frozen=True)
class Found:
    """The lists of a workbook, and what stands against reading them."""

    lists: tuple[List, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    """What is left unread."""

    def of(self, *roles: Role) -> tuple[List, ...]:
        """The lists of some roles."""
        return tuple(found for found in self.lists if found.role in roles)


def find_lists(sheets: Iterable[RawSheet], told: Told) -> Found:
    """Find the lists of moves and of further supply among the sheets of a workbook.

    Parameters
    ----------
    told
        What the workbook says of itself.
    """
    problems: list[Problem] = []
    notes: list[Problem] = []
    held = list(sheets)
    chosen: dict[Role, RawSheet] = {}
    for role in _CALLED:
        for candidates in _candidates(held, role, told):
            here = [s for s in candidates if s not in chosen.values()]
            if not here:
                continue
            chosen[role] = here[0]
            text = "this sheet holds the same list as {first}: remove one of them"
            problems += [Problem(s.name, text, {"first": here[0].name}) for s in here[1:]]
            break
    lists = []
    for role, sheet in chosen.items():
        made, wrong = _read_headings(role, sheet)
        problems += wrong
        lists += [made] if made is not None else []
    for sheet in held:
        if sheet not in chosen.values() and _looks_like_moves(sheet):
            text = "this sheet looks like a list of moves too and is not read"
            notes.append(Problem(sheet.name, text))
    return Found(tuple(lists), tuple(problems), tuple(notes) if chosen else ())


def _candidates(sheets: list[RawSheet], role: Role, told: Told) -> Iterator[list[RawSheet]]:
    """Sheets that hold a list: as the workbook tells, by name, then by title."""
    names = {plain(word) for text in _CALLED[role] for word in text}
    yield [s for s in sheets if s.name in told.named(_IDENTITY[role])]
    yield [s for s in sheets if plain(s.name) in names and _readable(role, s)]
    yield [s for s in sheets if names & set(_titles(s)) and _readable(role, s)]
    yield [s for s in sheets if plain(s.name) in names]


def _titles(sheet: RawSheet) -> Iterator[str]:
    for row in sheet.rows[:_SEARCHED]:
        filled = [c for c in row if c not in (None, "")]
        if len(filled) == 1 and isinstance(filled[0], str):
            yield plain(filled[0])


def _looks_like_moves(sheet: RawSheet) -> bool:
    """Whether a sheet has the headings of an exchange list, as the workbook writes them."""
    _, columns, _ = _best_row(sheet, "exchange")
    return {"name", "to_school", "kind", "ground", "from_school"} <= columns.keys()


def _readable(role: Role, sheet: RawSheet) -> bool:
    _, columns, _ = _best_row(sheet, role)
    return all(any(code in columns for code in group) for group in _NEEDED[role])


def _read_headings(role: Role, sheet: RawSheet) -> tuple[List | None, list[Problem]]:
    top, columns, twice = _best_row(sheet, role)
    problems = []
    for code, n in twice:
        text = "the heading {heading} stands here a second time: keep one of the two columns"
        details = {"heading": COLUMNS[code].title.zh}
        problems.append(Problem(cell_path(sheet.name, top, n), text, details))
    missing = [group for group in _NEEDED[role] if not any(code in columns for code in group)]
    for group in missing:
        text = "no row has the heading {heading}: put the headings back as they were exported"
        details = {"heading": " / ".join(COLUMNS[code].title.zh for code in group)}
        problems.append(Problem(sheet.name, text, details))
    return (None if missing else List(role, sheet, top, columns)), problems


def _best_row(sheet: RawSheet, role: Role) -> tuple[int, Mapping[str, int], list[tuple[str, int]]]:
    """The row with the most headings of a list: its columns, and headings there twice."""
    codes = _SUPPLY_COLUMNS if role == "supply" else _MOVE_COLUMNS
    words = {plain(word): code for code in codes for word in COLUMNS[code].title}
    best: tuple[int, dict[str, int], list[tuple[str, int]]] = (0, {}, [])
    for number, row in enumerate(sheet.rows[:_SEARCHED]):
        columns: dict[str, int] = {}
        twice: list[tuple[str, int]] = []
        for n, cell in enumerate(row):
            code = words.get(plain(cell)) if isinstance(cell, str) else None
            if code is None:
                continue
            if code in columns:
                twice.append((code, n))
            columns.setdefault(code, n)
        if len(columns) > len(best[1]):
            best = (number, columns, twice)
    return best
