"""Which record a row speaks of: by its key, else by its name; new ones are given a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.intake.cells import Cells
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Said
from allocator.files.intake.posting import only_campus
from allocator.files.intake.privacy import masked
from allocator.files.intake.questions import SKIP, Choice, Question
from allocator.files.intake.rows import SheetRow
from allocator.files.intake.school_names import KnownNames, plain
from allocator.modelling import Text
from allocator.records import Table, name_of

NEW = "+"
"""The answer: a new record."""
_LIKE = 80.0
"""A new name more like than this to a known one (0 to 100) is asked about."""
_LETTERS = {
    "schools": "S",
    "campuses": "C",
    "townships": "T",
    "zones": "Z",
    "groups": "G",
    "senior_highs": "H",
    "quota_pools": "P",
    "rounds": "R",
}
"""First letter of the codes given to new records without one."""
_NO_KEY = "the row says not which record it is: fill in {columns}"


@dataclass
class Identifying:
    """Tells rows of one table which record they speak of."""

    table: Table
    county: County
    cells: Cells
    desk: Desk
    taken: set[str] = field(default_factory=set)
    """Codes in use anywhere; no new record is given one of them."""

    def ids(self, rows: Sequence[SheetRow]) -> list[tuple[str, SheetRow]]:
        """Every row with the id of its record; a row that tells none is on the desk."""
        by_name = self.table.keys == ("id",)
        if by_name:
            return self._by_code_or_name(rows)
        found = []
        for row in rows:
            self._filled_in(row)
            id = self.table.id_of({**row.empty, **row.values})
            if id:
                found.append((id, row))
            elif not row.bad.intersection((*self.table.keys, "school", "campus")):
                self._no_key(row, self._missing_keys(row))
        return found

    def _missing_keys(self, row: SheetRow) -> list[str]:
        fields = self.table.fields
        return [k for k in self.table.keys if not fields[k].optional and k not in row.values]

    def _no_key(self, row: SheetRow, missing: Iterable[str]) -> None:
        named = list(missing)
        headings = [self.table.heading(k) for k in named]
        titles = Said(Text("、".join(h.zh for h in headings), ", ".join(h.en for h in headings)))
        where = next((row.where(k) for k in named if k in row.source.column_of), row.where())
        self.desk.wrong(where, "", Problem("", _NO_KEY, {"columns": titles}))

    def _filled_in(self, row: SheetRow) -> None:
        """Take school and campus from each other where only one of them is said."""
        fields, values = self.table.fields, row.values
        school = values.get("school") or row.keys.get("school")
        campus = values.get("campus") or row.keys.get("campus")
        if campus is None and "campus" in fields and school is not None:
            known = self.cells.names("campuses").code(school)
            campus = known or only_campus(self.county, school, values.get("stage"))
        if campus is not None and "campus" in fields:
            values.setdefault("campus", campus)
        if school is None and campus is not None:
            school = self.cells.names("schools").code(campus)
        if school is not None and "school" in fields:
            values.setdefault("school", school)
        for name in ("stage", "subject"):
            if name in fields and name in row.keys:
                values.setdefault(name, row.keys[name])

    def _by_code_or_name(self, rows: Sequence[SheetRow]) -> list[tuple[str, SheetRow]]:
        known = self.table.rows(self.county)
        named = KnownNames({id: str(r.get("name", "")) for id, r in known.items()}, {}, {})
        found, nameless = [], []
        for row in rows:
            id = row.said("id") or row.keys.get("teacher")
            if id is not None:
                found.append((str(id), row))
                continue
            if "id" in row.bad:
                continue
            name = row.said("name") or row.keys.get("name")
            if name is None:
                if "name" not in row.bad:
                    self._no_key(row, ["id"] if "id" in row.source.column_of else ["name"])
                continue
            nameless.append((str(name), row))
        coded = {plain(str(r.said("name"))): id for id, r in found if r.said("name")}
        new: dict[str, list[SheetRow]] = {}
        for name, row in nameless:
            code = coded.get(plain(name)) or self._known(name, row, named)
            if code == NEW:
                new.setdefault(plain(name), []).append(row)
            elif code not in (None, SKIP):
                found.append((str(code), row))
        self.taken |= {id for id, _ in found} | set(known)
        for name in sorted(new):
            code = self._code()
            found += [(code, row) for row in new[name]]
        return found

    def _known(self, name: str, row: SheetRow, named: KnownNames) -> str | None:
        """The record of a name, NEW for a name like no other; None while that is open."""
        meant = named.meant(name)
        if meant.code is not None:
            return meant.code
        like = [s for s in meant.suggestions if s.score >= _LIKE or meant.several]
        if not like:
            return NEW
        key = f"record:{self.table.name}:{masked(plain(name))}"

        def made() -> Question:
            choices = [
                Choice(s.code, Problem("", "{name} ({code})", {"name": s.name, "code": s.code}),
                       s.score)
                for s in like
            ]  # fmt: skip
            choices += [
                Choice(NEW, Problem("", "a new one")),
                Choice(SKIP, Problem("", "leave this out")),
            ]
            text = "is {name} one of these, or a new one?"
            words = Problem("", text, {"name": masked(name)})
            return Question(key, "place", words, (), tuple(choices), value=masked(name))

        return self.desk.ask(key, row.where("name"), made)

    def _code(self) -> str:
        """The next free code of the table."""
        letter = _LETTERS.get(self.table.name, "X")
        n = 1
        while (code := f"{letter}{n:03d}") in self.taken:
            n += 1
        self.taken.add(code)
        return code


def label(county: County, table: Table, id: str) -> Said:
    """A record in words, for what no cell says."""
    zh, en = name_of(county, id, "zh"), name_of(county, id, "en")
    return Said(Text(f"{table.title.zh} {zh}", f"{table.title.en} {en}"))
