"""A results workbook as the plan that people have made of it, and what they changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from allocator.county.county import County, Place
from allocator.county.frozen import DataError, Problem
from allocator.county.people import Teacher
from allocator.county.plan import Move, Plan, QuotaCell, Supply
from allocator.files.books import RawBook, open_book
from allocator.files.edited.identity import told_by
from allocator.files.edited.moves import MoveReader
from allocator.files.edited.quotas import QUOTAS, quota_sheet, read_quotas
from allocator.files.edited.supply import SupplyReader
from allocator.files.edited.tables import MOVES, Found, Role, find_lists
from allocator.insight.by_hand.edits import (
    HandEdit,
    edits_between,
    moves_by_teacher,
    with_edits,
)
from allocator.insight.view import counted_by
from allocator.scenario import PartName, Scenario
from allocator.scenario.hashing import scenario_hash
from allocator.staffing.decode import returns, teaching
from allocator.staffing.heads import is_head, sent_to
from allocator.staffing.placement import examined

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome

_MASK = ("*", "＊")


@dataclass(frozen=True)
class EditedPlan:
    """A plan read back from a workbook, and how it differs from the one that was exported."""

    plan: Plan
    parts: tuple[PartName, ...]
    """Parts the workbook speaks of."""
    base: Plan | None
    """The plan before any edit; None where none was given, so that no edit can be told."""
    edits: tuple[HandEdit, ...]
    """Every edit, with its cell; none without a plan to compare with."""
    notes: tuple[Problem, ...] = ()
    """What is not in the workbook and stays as it was, or is there and was left unread."""


def holds_a_plan(source: Path | bytes | RawBook, name: str = "") -> bool:
    """Whether a file is a results workbook with a list of moves or of further supply.

    Raises
    ------
    DataError
        If it cannot be opened.
    """
    sheets = _opened(source, name).sheets
    return bool(find_lists(sheets, told_by(sheets)).lists)


def read_edited(
    scenario: Scenario,
    base: Plan | Outcome | None,
    source: Path | bytes | RawBook,
    name: str = "",
) -> EditedPlan:
    """Read a results workbook that people may have changed by hand.

    Lists of moves, further supply and the quota table are read; every other sheet shows results
    and is left alone. A list whose sheet is gone stays as it was exported. Order of rows and
    columns, hidden rows, totals and formats are no edits.

    Parameters
    ----------
    base
        The plan, or the outcome, that the workbook was exported from; None reads the plan of the
        workbook as it stands.

    Raises
    ------
    DataError
        With everything that cannot be read, each with its sheet and cell; for a workbook whose
        names are masked for the open web; and if the plan is none of this county.
    """
    book = _opened(source, name)
    before = base if isinstance(base, Plan) or base is None else base.plan
    if before is not None and (strange := examined(scenario.county, before)[1]):
        raise DataError(strange)
    return _Reader(scenario, before, book).read()


def _opened(source: Path | bytes | RawBook, name: str) -> RawBook:
    return source if isinstance(source, RawBook) else open_book(source, name)


class _Reader:
    """One workbook while it is read."""

    def __init__(self, scenario: Scenario, base: Plan | None, book: RawBook) -> None:
        self.scenario, self.base, self.book = scenario, base, book
        self.before = base if base is not None else _nobody_decided(scenario)
        self.told = told_by(book.sheets)
        self.found: Found = find_lists(book.sheets, self.told)
        self.problems: list[Problem] = list(self.found.problems)
        self.notes: list[Problem] = list(self.found.notes)
        self.at: dict[str, str] = {}

    def read(self) -> EditedPlan:
        """The plan, or everything that stands against it."""
        self._refuse_masked()
        if self.told.scenario not in ("", scenario_hash(self.scenario)):
            text = "this workbook was exported from another state of the scenario"
            self.notes.append(Problem(self.book.name, text))
        held = {
            "moves": self._moves(),
            "supply": self._supply(),
            "quotas": self._quotas(),
        }
        if all(rows is None for rows in held.values()) and not self.problems:
            text = (
                "no sheet holds an exchange list, further supply or a quota table as exported: "
                "put the name or the title of the sheet back"
            )
            self.problems.append(Problem(self.book.name, text))
        if self.problems:
            raise DataError(tuple(self.problems))
        stated = self.before.model_copy(update={k: v for k, v in held.items() if v is not None})
        edits = edits_between(self.before, stated, self.at)
        plan = with_edits(self.scenario, self.before, edits)
        parts: dict[PartName, bool] = {
            "staffing": held["moves"] is not None or held["supply"] is not None,
            "admission": held["quotas"] is not None,
        }
        return EditedPlan(
            plan,
            tuple(p for p in self.scenario.parts if parts[p]),
            self.base,
            edits if self.base is not None else (),
            tuple(self.notes),
        )

    def _refuse_masked(self) -> None:
        for found in self.found.of(*MOVES):
            for row in found.rows:
                if found.text(row, "name").endswith(_MASK):
                    text = (
                        "the names are masked for the open web, so nobody can be told apart: edit "
                        "the workbook for publication or the internal one"
                    )
                    raise DataError((Problem(found.at(row, "name"), text),))

    def _moves(self) -> tuple[Move, ...] | None:
        """All moves; None where no list of them is there."""
        lists = self.found.of(*MOVES)
        if not lists or self.scenario.staffing is None:
            return None
        reader = MoveReader(self.scenario, moves_by_teacher(self.before))
        for found in lists:
            reader.read(found)
        self.problems += reader.problems
        self.at |= reader.at
        told = _told_by(self.found)
        kept: list[Move] = []
        unlisted: dict[Role, int] = {}
        for move in self.before.moves:
            if move.teacher in reader.rows:
                continue
            role = _role(self.scenario, move)
            if role in told:
                self.at[move.teacher] = told[role]
            else:
                unlisted[role] = unlisted.get(role, 0) + 1
                kept.append(move)
        for role, number in unlisted.items() if self.base is not None else ():
            text = "the workbook has no such list: {number} moves on it stay as they were"
            self.notes.append(Problem(_CALLED[role], text, {"number": number}))
        return tuple(sorted([*kept, *reader.moves.values()], key=lambda m: m.teacher))

    def _supply(self) -> tuple[Supply, ...] | None:
        lists = self.found.of("supply")
        if not lists or self.scenario.staffing is None:
            return None
        reader = SupplyReader(self.scenario)
        for found in lists:
            reader.read(found)
            gone = {(s.section, s.subject, s.kind) for s in self.before.supply}
            self.at |= {".".join(entry): found.sheet.name for entry in gone}
        self.problems += reader.problems
        self.at |= {".".join(entry): at for entry, at in reader.at.items()}
        return tuple(
            Supply(section=section, subject=subject, kind=kind, count=count)
            for (section, subject, kind), count in sorted(reader.counts.items())
            if count
        )

    def _quotas(self) -> tuple[QuotaCell, ...] | None:
        sheet = quota_sheet(self.book.sheets, self.told.named(QUOTAS))
        if sheet is None or self.scenario.admission is None:
            return None
        cells, at, problems = read_quotas(sheet, self.scenario)
        self.problems += problems
        self.at |= {":".join(cell): where for cell, where in at.items()}
        return tuple(
            QuotaCell(senior_high=high, junior_high=school, places=places)
            for (high, school), places in sorted(cells.items())
            if places
        )


def _nobody_decided(scenario: Scenario) -> Plan:
    """A plan that decides nothing: only those go whose earlier terms end."""
    if scenario.staffing is None:
        return Plan()
    county = scenario.county
    moves = returns(county, scenario.staffing.terms)
    places = {id: county.start(teacher) for id, teacher in county.teacher.items()}
    taught = teaching(county, places, counted_by(scenario))
    return Plan(moves=tuple(sorted(moves, key=lambda m: m.teacher)), teaching=taught)


_CALLED: Mapping[Role, str] = {
    "exchange": "交流名单 / Exchange list",
    "transfers": "随调名单 / Transfers",
    "returns": "期满返回名单 / Returns",
    "heads": "书记校长建议（内部） / Heads (internal)",
}


def _role(scenario: Scenario, move: Move) -> Role:
    """The list that a move is exported on."""
    if move.ground == "return":
        return "returns"
    county = scenario.county
    teacher, to = county.teacher.get(move.teacher), county.places.get(move.destination)
    if teacher is not None and to is not None and _proposed(county, teacher, to):
        return "heads"
    return "transfers" if move.kind == "transfer" else "exchange"


def _proposed(county: County, teacher: Teacher, to: Place) -> bool:
    """Whether a head goes where nobody decided: no list for publication holds such a move."""
    return is_head(teacher) and to.campus.id not in sent_to(county, teacher)


def _told_by(found: Found) -> Mapping[Role, str]:
    """The lists that the workbook holds -> their sheet; one for publication holds all moves."""
    told: dict[Role, str] = dict(_all_moves(found))
    told |= {each.role: each.sheet.name for each in found.of(*MOVES)}
    return told


def _all_moves(found: Found) -> Iterator[tuple[Role, str]]:
    for each in found.of("exchange"):
        if not {"teacher", "from_campus", "points_rank"} & each.columns.keys():
            yield from ((role, each.sheet.name) for role in _published())


def _published() -> Iterable[Role]:
    return ("exchange", "transfers", "returns")
