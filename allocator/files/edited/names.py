"""Whom and which school a cell means, as it was exported or as people type it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from rapidfuzz import fuzz, process

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.files.matrix_labels import plain

_NEAR = 60.0
"""Likeness, per cent, from which on a name is suggested."""


class Names:
    """Names and codes of a county, looked up without blanks and full-width signs."""

    def __init__(self, county: County) -> None:
        self.county = county

    def teacher(self, number: str) -> Teacher | None:
        """The teacher of a number."""
        return self._by_number.get(plain(number))

    def teachers(self, name: str) -> tuple[Teacher, ...]:
        """Everyone of a name, by number."""
        return tuple(self._by_name.get(plain(name), ()))

    def at_school(self, given: str) -> tuple[Place, ...]:
        """Sections of the schools a name or code may mean, those of a campus included."""
        return self._places(given, ("school", "campus"))

    def at_campus(self, given: str) -> tuple[Place, ...]:
        """Sections of the campuses a name or code may mean, those of a school included."""
        return self._places(given, ("campus", "school"))

    def is_at(self, given: str, place: Place) -> bool:
        """Whether a name or code means the school or the campus of a section."""
        ids = (place.school.id, place.school.name, place.campus.id, place.campus.name)
        return plain(given) in map(plain, ids)

    def near_schools(self, given: str, stage: str) -> tuple[str, ...]:
        """Names of schools and campuses of a stage that look like an unknown one."""
        names = {
            plain(name): name
            for place in self.county.places.values()
            if place.stage == stage
            for name in (place.school.name, place.campus.name)
        }
        return nearest(given, names)

    def near_people(self, given: str) -> tuple[str, ...]:
        """Names of teachers that look like an unknown one."""
        return nearest(given, {name: people[0].name for name, people in self._by_name.items()})

    def _places(self, given: str, kinds: Iterable[str]) -> tuple[Place, ...]:
        for kind in kinds:
            if found := self._by_place[kind].get(plain(given)):
                return tuple(found)
        return ()

    @cached_property
    def _by_number(self) -> Mapping[str, Teacher]:
        return {plain(t.id): t for t in self.county.teacher.values()}

    @cached_property
    def _by_name(self) -> Mapping[str, list[Teacher]]:
        found: dict[str, list[Teacher]] = defaultdict(list)
        for teacher in self.county.teacher.values():
            found[plain(teacher.name)].append(teacher)
        return found

    @cached_property
    def _by_place(self) -> Mapping[str, Mapping[str, list[Place]]]:
        found: dict[str, dict[str, list[Place]]] = {"school": {}, "campus": {}}
        for place in self.county.places.values():
            for kind, record in (("school", place.school), ("campus", place.campus)):
                for label in dict.fromkeys((plain(record.id), plain(record.name))):
                    found[kind].setdefault(label, []).append(place)
        return found


def nearest(given: str, names: Mapping[str, str], number: int = 3) -> tuple[str, ...]:
    """Names that look like an unknown one, the nearest first.

    Parameters
    ----------
    names
        As they are compared -> as they are written.
    """
    found = process.extract(
        plain(given), list(names), scorer=fuzz.WRatio, limit=number, score_cutoff=_NEAR
    )
    return tuple(dict.fromkeys(names[label] for label, _, _ in found))


def called(teacher: Teacher) -> str:
    """A teacher in a message: name and number."""
    return f"{teacher.name} ({teacher.id})"
