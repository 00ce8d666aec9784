"""Rows of an exchange list read as moves: who, where to, how, from when and for how long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from allocator.county.decisions import MOVE_KINDS, MoveKind
from allocator.county.frozen import Problem
from allocator.county.people import Teacher
from allocator.county.plan import MOVE_GROUNDS, Move, MoveGround
from allocator.files.edited.destinations import Destinations
from allocator.files.edited.names import Names, called
from allocator.files.edited.tables import List
from allocator.files.matrix_labels import listed, plain
from allocator.insight.vocabulary import GROUND, KIND, STAGE, Words
from allocator.modelling import Text
from allocator.records.fields import Field
from allocator.scenario import Scenario
from allocator.staffing.terms import StaffingTerms

_MONTH = Field(Text("开始年月", "Start"), "month")
_MONTH_FORM = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
_YEARS_FORM = re.compile(r"(\d{1,2})(?:\.0+)?(?:年|years?)?")
_KINDS: Mapping[str, MoveKind] = {kind: kind for kind in MOVE_KINDS}
_GROUNDS: Mapping[str, MoveGround] = {ground: ground for ground in MOVE_GROUNDS}


class MoveReader:
    """The lists of moves while they are read: moves by teacher, and what is wrong."""

    def __init__(self, scenario: Scenario, before: Mapping[str, Move]) -> None:
        self.county = scenario.county
        self.before = before
        self.names = Names(scenario.county)
        self.terms = scenario.staffing.terms if scenario.staffing else StaffingTerms()
        self.problems: list[Problem] = []
        self.destinations = Destinations(scenario.county, self.names, self.problems)
        self.moves: dict[str, Move] = {}
        self.at: dict[str, str] = {}
        """Teacher -> cell of the destination."""
        self.rows: dict[str, str] = {}
        """Teacher -> first row about them, also where it cannot be read."""

    def read(self, found: List) -> None:
        """Read every row of a list."""
        for row in found.rows:
            if found.is_note(row, "to_school", "to_campus", "from_school", "kind"):
                self._bare(found, row)
                continue
            teacher = self._who(found, row)
            if teacher is None:
                continue
            if teacher.id in self.rows:
                text = "{who} is listed twice, first at {first}: keep one row"
                details = {"who": called(teacher), "first": self.rows[teacher.id]}
                self.problems.append(Problem(found.at(row, "name"), text, details))
                continue
            self.rows[teacher.id] = found.at(row, "name")
            move = self._move(found, row, teacher)
            if move is not None:
                self.moves[teacher.id] = move
                self.at[teacher.id] = found.at(
                    row, "to_school" if "to_school" in found.columns else "to_campus"
                )

    def _bare(self, found: List, row: int) -> None:
        """A row that names a teacher and nothing else is no note."""
        teacher = self.names.teacher(found.text(row, "teacher"))
        if teacher is not None:
            self.destinations.missing(found, row, teacher)
            self.rows.setdefault(teacher.id, found.at(row, "name"))

    def _who(self, found: List, row: int) -> Teacher | None:
        number, name = found.text(row, "teacher"), found.text(row, "name")
        if number:
            return self._by_number(found, row, number, name)
        if not name:
            text = "this row names no teacher: enter the number or the name, or remove the row"
            self.problems.append(Problem(found.at(row, "name"), text, {}))
            return None
        people = self.names.teachers(name)
        if not people:
            text = "{given} is not in the roster: correct the name or enter the number"
            near = self.names.near_people(name)
            if near:
                text = (
                    "{given} is not in the roster (near: {near}): correct the name or enter the "
                    "number"
                )
            self.problems.append(
                Problem(found.at(row, "name"), text, {"given": name[:40], "near": listed(near)})
            )
            return None
        people = self._narrowed(found, row, people)
        if len(people) == 1:
            return people[0]
        if not people:
            text = "{given} does not serve at {school}: correct the name or the school left"
            details = {"given": name, "school": found.text(row, "from_school")}
            self.problems.append(Problem(found.at(row, "name"), text, details))
            return None
        text = "{given} may be several people: enter the number, one of {codes}"
        details = {"given": name, "codes": listed(t.id for t in people)}
        self.problems.append(Problem(found.at(row, "name"), text, details))
        return None

    def _by_number(self, found: List, row: int, number: str, name: str) -> Teacher | None:
        teacher = self.names.teacher(number)
        if teacher is None:
            text = "number {given} is not in the roster: correct it"
            self.problems.append(Problem(found.at(row, "teacher"), text, {"given": number[:40]}))
            return None
        if name and plain(name) != plain(teacher.name):
            text = (
                "number {id} is {name}, the row says {given}: correct one; if only some columns "
                "were sorted, start again from the exported file"
            )
            details = {"id": teacher.id, "name": teacher.name, "given": name[:40]}
            self.problems.append(Problem(found.at(row, "name"), text, details))
            return None
        home = self.county.home(teacher)
        for code in ("from_school", "from_campus"):
            given = found.text(row, code)
            if given and not self.names.is_at(given, home):
                text = (
                    "{who} serves at {home}, the row says {given}: the school left is data of the "
                    "roster, put it back"
                )
                details = {"who": called(teacher), "home": home.name, "given": given[:40]}
                self.problems.append(Problem(found.at(row, code), text, details))
                return None
        return teacher

    def _narrowed(self, found: List, row: int, people: Iterable[Teacher]) -> tuple[Teacher, ...]:
        """Those of a name who fit what else the row says of them."""
        left = tuple(people)
        for code in ("from_school", "from_campus"):
            if given := found.text(row, code):
                left = tuple(t for t in left if self.names.is_at(given, self.county.home(t)))
        for code in ("subject", "stage"):
            given = plain(found.text(row, code))
            if given and len(left) > 1:
                left = tuple(t for t in left if given in self._told(t, code))
        return left

    def _told(self, teacher: Teacher, code: str) -> set[str]:
        if code == "stage":
            return {plain(word) for word in STAGE[teacher.stage]}
        subject = self.county.subject[teacher.subject]
        return {plain(word) for word in (subject.id, subject.name, subject.name_en)}

    def _move(self, found: List, row: int, teacher: Teacher) -> Move | None:
        before, told = self.before.get(teacher.id), len(self.problems)
        to = self.destinations.of(found, row, teacher, before)
        kind = self._word(found, row, "kind", KIND, before.kind if before else "secondment")
        ground = self._word(found, row, "ground", GROUND, before.ground if before else "exchange")
        start = self._start(found, row, before)
        years = self._years(found, row, kind, before)
        if to is None or len(self.problems) > told:
            return None
        return Move(
            teacher=teacher.id,
            origin=self.county.home(teacher).id,
            destination=to.id,
            kind=_KINDS[kind],
            ground=_GROUNDS[ground],
            start=start,
            years=years,
            points_rank=before.points_rank if before else self._rank(found, row),
        )

    def _word(self, found: List, row: int, code: str, words: Words, before: str) -> str:
        """A coded value from its word or a part of it; as it was where the cell is empty."""
        given = plain(found.text(row, code)).casefold()
        if not given:
            return before
        for value, said in words.items():
            parts = {plain(part).casefold() for word in said for part in (word, *word.split("/"))}
            if given in parts or given == value:
                return str(value)
        text = "{given} is not known here: write one of {known}"
        details = {
            "given": found.text(row, code)[:40],
            "known": listed(t.zh for t in words.values()),
        }
        self.problems.append(Problem(found.at(row, code), text, details))
        return before

    def _start(self, found: List, row: int, before: Move | None) -> str:
        value = found.value(row, "start")
        if value is None or value == "":
            return before.start if before else self.terms.start
        month = (
            f"{value:%Y-%m}" if isinstance(value, date) else _MONTH.meant(found.text(row, "start"))
        )
        # 2020.1 as a number is January or October.
        open_to_doubt = isinstance(value, float) and month.endswith("-01")
        if _MONTH_FORM.fullmatch(str(month)) and not open_to_doubt:
            return str(month)
        text = "{given} is no month: write it as 2020-09"
        self.problems.append(
            Problem(found.at(row, "start"), text, {"given": found.text(row, "start")[:40]})
        )
        return self.terms.start

    def _years(self, found: List, row: int, kind: str, before: Move | None) -> int | None:
        if kind == "transfer":
            return None
        same = before is not None and before.kind == kind
        given = plain(found.text(row, "years")).casefold()
        if not given:
            return before.years if same and before else self.terms.years
        held = _YEARS_FORM.fullmatch(given)
        if held and 1 <= int(held[1]) <= 10:
            return int(held[1])
        text = "{given} is no length of a term: write whole years from 1 to 10"
        self.problems.append(
            Problem(found.at(row, "years"), text, {"given": found.text(row, "years")[:40]})
        )
        return None

    def _rank(self, found: List, row: int) -> int | None:
        """The rank by points, which is only told: of no use where it is no number."""
        given = found.text(row, "points_rank")
        return int(given) if given.isdecimal() else None
