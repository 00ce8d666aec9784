"""Who a row is about: by teacher number, by identity number in memory, else by name and asked.

An identity number (证件号) joins rows of the uploaded sheets while they are read. The county knows
none, so it cannot join a sheet with the county; the number of another sheet can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Where
from allocator.files.intake.identity import Identity
from allocator.files.intake.person import Person, person, same_name
from allocator.files.intake.questions import SKIP, Choice, Question
from allocator.files.intake.rows import SheetRow

NEW = "+"
"""The answer: a new person."""
SAME = "="
"""The answer: the same person."""
_ONE_BY_ONE = 12
"""People of one sheet matched by name who are asked about one by one; more are asked at once."""

_TWO_NUMBERS = (
    "teacher {id} and teacher {other} ({there}) have the same identity number: correct one"
)
_TWO_IDENTITIES = "teacher {id} has another identity number in {there}: correct one"
_NO_IDENTITY = (
    "this is no valid identity number and joins nobody: correct it if rows must be joined"
)
_NOT_BORN = "born {born}, but the identity number says {other}: correct one"
_NOT_SEX = "the sex does not fit the identity number: correct one"
_SO_MANY = (
    "{number} people of sheet {sheet} have no known number and are found by name, school and "
    "month of birth ({some}, ...): are they the same people?"
)
_NOBODY = "nobody can be told by this row: add a column with the teacher number or the name"


@dataclass
class People:
    """Everybody the sheets speak of, joined with the roster of the county."""

    desk: Desk
    county: County
    """As it stands so far; the table of teachers comes before what refers to it."""
    persons: list[Person] = field(default_factory=list, repr=False)
    """Those of all sheets read so far."""
    _first: dict[str, Person] = field(default_factory=dict, repr=False)
    """Identity number -> the first row that has it beside a teacher number."""
    _holder: dict[str, Person] = field(default_factory=dict, repr=False)
    """Teacher number -> the first row that has it beside an identity number."""

    def ids(self, rows: Sequence[SheetRow], column: str) -> Mapping[int, str]:
        """Position of a row -> teacher number; whoever is not told is left out.

        Parameters
        ----------
        column
            The field that holds the teacher number.

        """
        start = len(self.persons)
        self.__dict__.pop("_alike", None)
        self.__dict__.pop("_school_of", None)
        self.persons += [person(row, column, self._school_of) for row in rows]
        here = range(start, len(self.persons))
        for n in here:
            self._register(self.persons[n])
            held = self.persons[n].row.keys.get("identity")
            if held is not None and self.persons[n].known_by is None:
                self.desk.note(self.persons[n].row.where("identity"), "", Problem("", _NO_IDENTITY))
        found = self._told(here)
        return {n - start: id for n, id in found.items()}

    def _register(self, p: Person) -> None:
        """Keep what joins an identity number with a teacher number."""
        if p.known_by is None or p.number is None:
            return
        before = self._first.setdefault(p.known_by.number, p)
        if before.number != p.number:
            there = str(before.row.where("identity"))
            details = {"id": p.number, "other": before.number, "there": there}
            self.desk.wrong(p.row.where("identity"), "", Problem("", _TWO_NUMBERS, details))
        other = self._holder.setdefault(p.number, p)
        if other.known_by is not None and other.known_by.number != p.known_by.number:
            details = {"id": p.number, "there": str(other.row.where("identity"))}
            self.desk.wrong(p.row.where("identity"), "", Problem("", _TWO_IDENTITIES, details))

    @cached_property
    def _school_of(self) -> Mapping[str, str]:
        return {c.id: s.id for s in self.county.schools for c in s.campuses}

    @cached_property
    def _alike(self) -> Mapping[str, Mapping[str, tuple[str | None, str | None]]]:
        """Name -> teacher number -> school and month of birth, of everybody known."""
        found: dict[str, dict[str, tuple[str | None, str | None]]] = defaultdict(dict)
        for t in self.county.teachers:
            found[same_name(t.name)][t.id] = (self._school_of.get(t.campus), t.born)
        for p in self.persons:
            if p.number is not None and p.name:
                held = found[same_name(p.name)].get(p.number, (None, None))
                found[same_name(p.name)][p.number] = (p.school or held[0], p.born or held[1])
        return found

    def _told(self, persons: Iterable[int]) -> Mapping[int, str]:
        found: dict[int, str] = {}
        by_name: dict[tuple[str, str], list[tuple[int, list[str]]]] = defaultdict(list)
        unnumbered: list[int] = []
        named = frozenset(p.number for p in self.persons if p.number is not None)
        for n in persons:
            p = self.persons[n]
            if p.known_by is not None:
                self._fits(p, p.known_by)
            sheet = p.row.order[:2]
            if p.number is not None:
                if candidates := self._renumbered(p, named):
                    by_name[sheet].append((n, candidates))
                elif self._same_person(n):
                    found[n] = p.number
            elif p.known_by is not None and p.known_by.number in self._first:
                found[n] = str(self._first[p.known_by.number].number)
            elif candidates := self._matches(p):
                by_name[sheet].append((n, candidates))
            elif p.roster and p.name:
                unnumbered.append(n)
            else:
                self._nobody(p)
        for sheet in sorted(by_name):
            found |= self._confirmed(by_name[sheet], unnumbered)
        return {**found, **self._numbered(unnumbered)}

    def _fits(self, p: Person, held: Identity) -> None:
        """Compare what the identity number says, and take from it what no column says."""
        row = p.row
        if p.born is not None and p.born != held.born:
            name = "born" if "born" in row.source.column_of else "identity"
            self.desk.wrong(
                row.where(name),
                p.born,
                Problem("", _NOT_BORN, {"born": p.born, "other": held.born}),
            )
        elif p.born is None:
            p.born = held.born
        sex = row.said("sex") or row.keys.get("sex")
        if sex in ("f", "m") and sex != held.sex:
            self.desk.wrong(row.where("sex"), "", Problem("", _NOT_SEX))
        if p.roster:
            for name, value in (("born", held.born), ("sex", held.sex)):
                if name not in row.bad:
                    row.values.setdefault(name, value)

    def _matches(self, p: Person) -> list[str]:
        """Who bears the name and contradicts neither school nor month of birth."""
        if not p.name:
            return []
        known = self._alike.get(same_name(p.name), {})
        born = {id: month for id, (_, month) in known.items()}
        fitting = [id for id in known if p.born is None or born[id] in (None, p.born)]
        if p.born is not None and len(fitting) == 1:
            return fitting
        here = [id for id in fitting if p.school is not None and known[id][0] == p.school]
        return sorted(here or fitting)

    def _renumbered(self, p: Person, named: frozenset[str | None]) -> list[str]:
        """Who of the county an unknown number may mean: the same name, school and birth."""
        if p.number in self.county.teacher or not p.roster or not p.name or p.born is None:
            return []
        known = self._alike.get(same_name(p.name), {})
        return sorted(
            id
            for id, (school, born) in known.items()
            if id in self.county.teacher and id not in named
            and born == p.born and (p.school is None or school == p.school)
        )  # fmt: skip

    def _same_person(self, n: int) -> bool:
        """Whether a known number stands beside its name, or the planner says that this is right."""
        p = self.persons[n]
        teacher = self.county.teacher.get(p.number or "")
        if teacher is None or not p.name or same_name(teacher.name) == same_name(p.name):
            return True
        key = f"renamed:{teacher.id}:{same_name(p.name)}"
        text = "number {id} is {known} in the scenario and {name} here: the same person?"
        words = Problem("", text, {"id": teacher.id, "known": teacher.name, "name": p.name})
        choices = (
            Choice(SAME, Problem("", "the same person, take the new name")),
            Choice(SKIP, Problem("", "leave this out")),
        )
        made = Question(key, "renamed", words, (), choices, value=p.name)
        return self.desk.ask(key, self._cell(n), lambda: made) == SAME

    def _nobody(self, p: Person) -> None:
        name = "name" if "name" in p.row.source.column_of else None
        if not p.name:
            self.desk.wrong(p.row.where(name), "", Problem("", _NOBODY))
            return
        text = "{name} is not in the roster: add the person there or correct the name"
        self.desk.wrong(p.row.where(name), p.name, Problem("", text, {"name": p.name}))

    def _confirmed(
        self, matched: Sequence[tuple[int, list[str]]], unnumbered: list[int]
    ) -> Mapping[int, str]:
        """Those matched by name, as far as the planner says so."""
        found: dict[int, str] = {}
        clear = [(n, c[0]) for n, c in matched if len(c) == 1]
        if len(clear) > _ONE_BY_ONE:
            sheet = self.persons[clear[0][0]].row.source
            wheres = [self._cell(n) for n, _ in clear]
            key = f"persons:{sheet.book.name}:{sheet.sheet}"
            some = "、".join(self._said(id) for _, id in clear[:5])
            details = {"number": len(clear), "sheet": sheet.sheet, "some": some}
            words = Problem("", _SO_MANY, details)
            choices = (
                Choice(SAME, Problem("", "the same people")),
                Choice(NEW, Problem("", "other people")),
                Choice(SKIP, Problem("", "leave this out")),
            )
            made = Question(key, "person", words, (), choices)
            answer = self.desk.ask(key, wheres, lambda: made)
            matched = [m for m in matched if len(m[1]) > 1]
            if answer == SAME:
                found |= dict(clear)
            elif answer == NEW:
                self._as_new([n for n, _ in clear], found, unnumbered)
        for n, candidates in matched:
            answer = self._who(n, candidates)
            if answer == NEW:
                self._as_new([n], found, unnumbered)
            elif answer is not None and answer != SKIP:
                found[n] = answer
        return found

    def _as_new(self, persons: Sequence[int], found: dict[int, str], unnumbered: list[int]) -> None:
        for n in persons:
            p = self.persons[n]
            if not p.roster:
                self._nobody(p)
            elif p.number is not None:
                found[n] = p.number
            else:
                unnumbered.append(n)

    def _who(self, n: int, candidates: Sequence[str]) -> str | None:
        p = self.persons[n]
        key = f"person:{same_name(p.name)}:{p.school or ''}:{p.born or ''}:{p.number or ''}"

        def made() -> Question:
            choices = [
                Choice(id, Problem("", "{person}", {"person": self._said(id)})) for id in candidates
            ]
            if p.roster:
                choices.append(Choice(NEW, Problem("", "a new person")))
            choices.append(Choice(SKIP, Problem("", "leave this out")))
            text = "{name} has no known number: who of these is it?"
            words = Problem("", text, {"name": p.name})
            return Question(key, "person", words, (), tuple(choices), value=p.name)

        return self.desk.ask(key, self._cell(n), made)

    def _said(self, id: str) -> str:
        """A person as a choice: name, number, school, month of birth."""
        teacher = self.county.teacher.get(id)
        if teacher is None:
            return next(f"{p.name} {id}" for p in self.persons if p.number == id)
        school = self.county.school.get(self._school_of.get(teacher.campus, ""))
        where = school.name if school is not None else teacher.campus
        return f"{teacher.name} {id} {where} {teacher.born}"

    def _cell(self, n: int) -> Where:
        row = self.persons[n].row
        return row.where("name" if "name" in row.source.column_of else None)

    def _numbered(self, persons: Sequence[int]) -> Mapping[int, str]:
        """Numbers for people of the roster who have none, where the planner wants that."""
        if not persons:
            return {}
        text = "{number} people of the roster have no teacher number: shall they be given one?"
        choices = (
            Choice(NEW, Problem("", "give them numbers")),
            Choice(SKIP, Problem("", "leave this out")),
        )
        words = Problem("", text, {"number": len(persons)})
        wheres = [self._cell(n) for n in persons]
        made = Question("number:teachers", "number", words, (), choices)
        answer = self.desk.ask(made.key, wheres, lambda: made)
        if answer != NEW:
            return {}
        taken = {p.number for p in self.persons} | set(self.county.teacher)
        # One person of two sheets gets one number.
        groups: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
        for n in persons:
            p = self.persons[n]
            held = p.known_by.number if p.known_by is not None else ""
            key = (same_name(p.name), p.school or "", p.born or "", held)
            groups[key].append(n)
        found: dict[int, str] = {}
        given = 0
        for key in sorted(groups):
            given += 1
            while (id := f"N{given:05d}") in taken:
                given += 1
            found |= dict.fromkeys(groups[key], id)
        return found
