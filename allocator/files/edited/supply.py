"""Rows of further supply read as people placed by number."""

from __future__ import annotations

import re

from allocator.county.frozen import Problem
from allocator.files.edited.names import Names, nearest
from allocator.files.edited.tables import List
from allocator.files.matrix_labels import listed, plain
from allocator.insight.by_hand.edits import Entry
from allocator.insight.vocabulary import STAGE, SUPPLY
from allocator.scenario import Scenario

_COUNT = re.compile(r"(\d{1,5})(?:\.0+)?人?")


class SupplyReader:
    """The list of further supply while it is read."""

    def __init__(self, scenario: Scenario) -> None:
        self.county = scenario.county
        self.names = Names(scenario.county)
        self.problems: list[Problem] = []
        self.counts: dict[Entry, int] = {}
        self.at: dict[Entry, str] = {}

    def read(self, found: List) -> None:
        """Read every row of the list."""
        for row in found.rows:
            if found.is_note(row, "subject", "placed"):
                continue
            entry, count = self._entry(found, row), self._count(found, row)
            if entry is None or count is None:
                continue
            if entry in self.counts:
                text = "the same school, subject and kind are listed at {first}: join the rows"
                self.problems.append(
                    Problem(found.at(row, "placed"), text, {"first": self.at[entry]})
                )
                continue
            self.counts[entry], self.at[entry] = count, found.at(row, "placed")

    def _entry(self, found: List, row: int) -> Entry | None:
        section = self._section(found, row)
        subjects = {
            plain(word): s.id for s in self.county.subjects for word in (s.id, s.name, s.name_en)
        }
        given = found.text(row, "subject")
        subject = subjects.get(plain(given))
        if subject is None:
            text = "{given} is no subject here (near: {near}): correct it"
            near = nearest(given, {plain(s.name): s.name for s in self.county.subjects})
            self.problems.append(
                Problem(found.at(row, "subject"), text, {"given": given[:40], "near": listed(near)})
            )
        told = plain(found.text(row, "supply_kind")).casefold()
        for kind, words in SUPPLY.items():
            if told in {plain(word).casefold() for word in (kind, *words)}:
                return None if section is None or subject is None else (section, subject, kind)
        text = "{given} is not known here: write one of {known}"
        known = listed(t.zh for t in SUPPLY.values())
        given = found.text(row, "supply_kind")[:40]
        self.problems.append(
            Problem(found.at(row, "supply_kind"), text, {"given": given, "known": known})
        )
        return None

    def _section(self, found: List, row: int) -> str | None:
        school, campus = found.text(row, "school"), found.text(row, "campus")
        told = plain(found.text(row, "stage"))
        stages = [s for s, words in STAGE.items() if told in map(plain, words)] or list(STAGE)
        code = "campus" if campus else "school"
        places = self.names.at_campus(campus) if campus else self.names.at_school(school)
        places = tuple(p for p in places if p.stage in stages)
        if school and campus:
            places = tuple(p for p in places if p in self.names.at_school(school))
        if len(places) == 1:
            return places[0].id
        if places:
            text = "{school} may be several campuses: write one of {codes} as the campus"
            codes = listed(p.campus.id for p in places)
            self.problems.append(
                Problem(found.at(row, code), text, {"school": school or campus, "codes": codes})
            )
            return None
        near = self.names.near_schools(campus or school, str(stages[0]))
        text = "{given} is no school of this county (near: {near}): correct it or write its code"
        details: dict[str, object] = {"given": (campus or school)[:40], "near": listed(near)}
        self.problems.append(Problem(found.at(row, code), text, details))
        return None

    def _count(self, found: List, row: int) -> int | None:
        given = plain(found.text(row, "placed"))
        held = _COUNT.fullmatch(given) if given else None
        if held:
            return int(held[1])
        text = "{given} is no number of people: write a whole number"
        self.problems.append(
            Problem(found.at(row, "placed"), text, {"given": found.text(row, "placed")[:40]})
        )
        return None
