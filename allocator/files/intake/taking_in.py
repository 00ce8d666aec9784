"""The way of files into a county: table after table, each read against what came before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from allocator.county.checks import problems_of
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.books import RawBook
from allocator.files.intake.cells import Cells
from allocator.files.intake.changing import (
    Applying,
    TableChanges,
    as_changes,
    compared,
    without_inner,
)
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Where
from allocator.files.intake.identifying import Identifying, label
from allocator.files.intake.merging import Record, joined
from allocator.files.intake.persons import People
from allocator.files.intake.posting import take_campus
from allocator.files.intake.privacy import holds_identity
from allocator.files.intake.questions import Choice, Question
from allocator.files.intake.recognising import recognised
from allocator.files.intake.rows import SheetRow, Source
from allocator.files.intake.school_names import NewPlaces
from allocator.files.intake.settings import with_settings_of
from allocator.files.intake.tracing import Tracing
from allocator.files.templates.apart import data_of
from allocator.files.workbook.identity import SHEET as RESULTS
from allocator.records import TABLES, Change, Table, table
from allocator.scenario import Admission, Scenario, Staffing
from allocator.scenario.checks import division_problems, published_problems

_RESULTS = (
    "this workbook holds results, not data: upload it as an edited plan, or use `allocator audit`"
)
_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])$")
_BLANK = County(name="", as_of="2000-01", townships=(), schools=())
_NESTED = ("schools", "campuses", "sections")
"""A new school needs its campuses, these their sections: taken over together."""
_STAYS = "{id} moves to another school, but the month of entering it stays {month}: check it"


@dataclass(frozen=True)
class NewCounty:
    """What a scenario made from sheets alone must be told; None is asked."""

    name: str | None = None
    as_of: str | None = None
    """Month of the data, YYYY-MM."""
    title: str | None = None


@dataclass(frozen=True)
class Taken:
    """What became of the files."""

    tables: tuple[TableChanges, ...]
    county: County
    scenario: Scenario | None


@dataclass
class Intake:
    """Files on their way into a scenario."""

    before: Scenario | None
    books: Sequence[RawBook] = field(repr=False)
    desk: Desk
    complete: frozenset[str]
    """Tables of which the files hold everything."""
    new: NewCounty
    sources: Mapping[str, Sequence[Source]] = field(default_factory=dict, repr=False)
    records: dict[str, Mapping[str, Record]] = field(default_factory=dict, repr=False)
    tables: dict[str, TableChanges] = field(default_factory=dict)

    def done(self) -> Taken:
        """Go the whole way."""
        county = _BLANK if self.before is None else self.before.county
        seen = recognised(self._data(), county, self.desk)
        self.sources, self.desk.mapping = seen.sources, seen.mapping
        if self.before is None:
            county = self._emptied(county)
        self.people = People(self.desk, county)
        self.applying = Applying(county, self.desk, self.records)
        for held in TABLES:
            if held.name in self.sources:
                self._read(held)
            if held.name == _NESTED[-1]:
                self._take(_NESTED)
        if self.before is None:
            self._named()
        self._cross_checked()
        tables = tuple(self.tables[t.name] for t in TABLES if t.name in self.tables)
        return Taken(tables, self.applying.county, self._scenario())

    def _data(self) -> list[RawBook]:
        """What the files hold of data; a workbook of results is sent the other way."""
        found = []
        for book in self.books:
            if any(sheet.name == RESULTS for sheet in book.sheets):
                self.desk.wrong(Where(book.name, ""), "", Problem("", _RESULTS))
            else:
                found.append(data_of(book))
        return found

    def _emptied(self, county: County) -> County:
        """A blank county without the defaults that the files state themselves."""
        for held in TABLES:
            if held.name in self.sources and not held.single:
                rows = held.rows(county)
                county = held.changed(county, [Change("remove", id) for id in rows])
        return county

    def _read(self, held: Table) -> None:
        """Read all sheets of a table, and take over what they change."""
        county = self.applying.county
        self.cells = Cells(county, self.desk, self._new_places())
        rows = [row for s in self.sources[held.name] for row in self.cells.rows(s, held)]
        rows = [row for row in rows if not row.out]
        found = self._identified(held, rows)
        records = self.records[held.name] = joined(found, held, county, self.desk)
        made = self.tables[held.name] = compared(
            held, records, county, held.name in self.complete, self.desk
        )
        if held.name == "teachers":
            self._moved(made)
        if held.name not in _NESTED:
            self._take([held.name])

    def _identified(self, held: Table, rows: Sequence[SheetRow]) -> list[tuple[str, SheetRow]]:
        """Every row with the id of its record."""
        county = self.applying.county
        self.people.county = county
        if held.name == "teachers":
            rows = [row for row in rows if "id" not in row.bad]
            told = self.people.ids(rows, "id")
            found = []
            for n, id in sorted(told.items()):
                rows[n].values["id"] = id
                take_campus(rows[n], county.teacher.get(id), county, self.cells)
                if not rows[n].out:
                    found.append((id, rows[n]))
            return found
        if "teacher" in held.fields:
            rows = [row for row in rows if "teacher" not in row.bad]
            told = self.people.ids(rows, "teacher")
            for n, id in told.items():
                rows[n].values["teacher"] = id
            rows = [row for n, row in enumerate(rows) if n in told]
        return Identifying(held, county, self.cells, self.desk).ids(rows)

    def _new_places(self) -> NewPlaces:
        """Schools and campuses read and not yet taken over."""
        waiting = self.applying.county.school
        schools = {
            id: str(values.get("name", id))
            for id, values in self._added("schools").items()
            if id not in waiting
        }
        campuses = {
            id: (str(values.get("name", id)), str(values.get("school", "")))
            for id, values in self._added("campuses").items()
        }
        return NewPlaces(schools, campuses)

    def _added(self, name: str) -> Mapping[str, Mapping[str, object]]:
        made = self.tables.get(name)
        return made.added if made is not None else {}

    def _take(self, names: Sequence[str]) -> None:
        changes = {name: as_changes(self.tables[name]) for name in names if name in self.tables}
        if any(changes.values()):
            self.applying.take(without_inner(self.applying.county, changes))

    def _moved(self, made: TableChanges) -> None:
        """Note who comes to another school without a new month of entering it."""
        county = self.applying.county
        schools = {c.id: s.id for s in county.schools for c in s.campuses}
        entered = {c.row for c in made.changed if c.column == "entered_school"}
        for change in made.changed:
            if change.column != "campus" or change.row in entered:
                continue
            if schools.get(change.old) != schools.get(change.new):
                month = county.teacher[change.row].entered_school
                details = {"id": change.row, "month": month}
                self.desk.note(change.where, "", Problem("", _STAYS, details))

    def _named(self) -> None:
        """Name and month of a new county: told, else asked."""
        county = self.applying.county
        stated = self.records.get("county", {}).get("county")
        said = stated.values if stated is not None else {}
        name = self.new.name or said.get("name") or self._asked("name", Problem("", _NAME), ())
        latest = max((t.entered_school for t in county.teachers), default=None)
        as_of = self.new.as_of or said.get("as_of") or self._asked(
            "as_of", Problem("", _AS_OF), (latest,) if latest else ()
        )  # fmt: skip
        held = table("county")
        cells = [("name", name or "?"), ("as_of", as_of or latest or "2000-01")]
        self.applying.take(
            {"county": [Change("cell", held.name, column, value) for column, value in cells]}
        )

    def _asked(self, what: str, words: Problem, offered: Sequence[str]) -> str | None:
        choices = tuple(Choice(o, Problem("", "{value}", {"value": o})) for o in offered)
        key = f"facts:{what}"
        answer = self.desk.answers.get(key, "").strip()
        if not answer or holds_identity(answer) or (what == "as_of" and not _MONTH.match(answer)):
            self.desk.answers = {k: v for k, v in self.desk.answers.items() if k != key}
        made = Question(key, "facts", words, (), choices, free=True)
        return self.desk.ask(key, [], lambda: made)

    def _cross_checked(self) -> None:
        """What the county's own checks say, by the cell it came from."""
        county = self.applying.county
        problems = problems_of(county)
        if self.before is not None:
            staffing, admission = self.before.staffing, self.before.admission
            if staffing is not None:
                problems += published_problems(county, staffing.terms.published)
            if admission is not None:
                problems += division_problems(county, admission.terms)
        tracing = Tracing(county)
        for problem in problems:
            self._traced(problem, tracing)

    def _traced(self, problem: Problem, tracing: Tracing) -> None:
        places = tracing.places(problem.path)
        for name, row, column in places:
            record = self.records.get(name, {}).get(row)
            if record is not None:
                where, raw = record.where(column), record.raw(column)
                self.desk.wrong(where, raw, problem)
                return
        county = tracing.county
        who = label(county, table(places[0][0]), places[0][1]) if places else problem.path
        self.desk.wrong(Where(), "", Problem("", problem.text, {**problem.details, "who": who}))

    def _scenario(self) -> Scenario | None:
        """The changed scenario; None while anything is open."""
        if self.desk.findings or self.desk.questions:
            return None
        county = self.applying.county
        if self.before is not None:
            made = self.before.model_copy(update={"county": county})
            return with_settings_of(made, self.books, self.desk, new=False)
        made = Scenario(
            title=self.new.title or county.name,
            county=county,
            staffing=Staffing() if county.teachers or not county.senior_highs else None,
            admission=Admission() if county.senior_highs else None,
        )
        return with_settings_of(made, self.books, self.desk, new=True)


_NAME = "what is the county called?"
_AS_OF = "which month do the data speak of (YYYY-MM)?"
