"""Where a row of an exchange list sends a teacher, by the school and the campus it names."""

from __future__ import annotations

from allocator.county.county import County, Place
from allocator.county.frozen import Problem
from allocator.county.people import Teacher
from allocator.county.plan import Move
from allocator.files.edited.names import Names, called
from allocator.files.edited.tables import List
from allocator.files.matrix_labels import listed


class Destinations:
    """Looks up destinations and tells what stands against them."""

    def __init__(self, county: County, names: Names, problems: list[Problem]) -> None:
        self.county, self.names, self.problems = county, names, problems

    def missing(self, found: List, row: int, teacher: Teacher) -> None:
        """Tell that a row sends nobody anywhere."""
        text = "{who} has no destination: enter a school, or remove the row if they are to stay"
        self.problems.append(Problem(found.at(row, "to_school"), text, {"who": called(teacher)}))

    def of(self, found: List, row: int, teacher: Teacher, before: Move | None) -> Place | None:
        """The section a row sends a teacher to; nothing, and the reason told, where it is open."""
        school, campus = found.text(row, "to_school"), found.text(row, "to_campus")
        if not school and not campus:
            self.missing(found, row, teacher)
            return None
        by_school = self._known(found, row, "to_school", school, teacher)
        by_campus = self._known(found, row, "to_campus", campus, teacher)
        if by_school is None or by_campus is None:
            return None
        was = self.county.places[before.destination] if before is not None else None
        code = "to_school" if school else "to_campus"
        places = self._agreed(school, campus, by_school, by_campus, was)
        if not places:
            text = "{school} has no campus {campus}: correct one, or leave the campus empty"
            self.problems.append(
                Problem(found.at(row, "to_campus"), text, {"school": school, "campus": campus})
            )
            return None
        return self._chosen(found, row, code, teacher, places, was)

    def _known(
        self, found: List, row: int, code: str, given: str, teacher: Teacher
    ) -> tuple[Place, ...] | None:
        """Sections of a name; none for an empty cell, and None, told, for an unknown name."""
        if not given:
            return ()
        look_up = self.names.at_school if code == "to_school" else self.names.at_campus
        if places := look_up(given):
            return places
        near = self.names.near_schools(given, teacher.stage)
        text = "{given} is no school of this county: correct it or write its code"
        if near:
            text = (
                "{given} is no school of this county (near: {near}): correct it or write its code"
            )
        self.problems.append(
            Problem(found.at(row, code), text, {"given": given[:40], "near": listed(near)})
        )
        return None

    def _agreed(
        self,
        school: str,
        campus: str,
        by_school: tuple[Place, ...],
        by_campus: tuple[Place, ...],
        was: Place | None,
    ) -> tuple[Place, ...]:
        """Sections that school and campus mean together.

        Where they contradict each other and one of them stands as it was exported, the other one
        was changed, and it counts.
        """
        if not school or not campus:
            return by_school or by_campus
        both = tuple(p for p in by_school if p in by_campus)
        if both or was is None:
            return both
        if self.names.is_at(campus, was):
            return by_school
        return by_campus if self.names.is_at(school, was) else ()

    def _chosen(
        self,
        found: List,
        row: int,
        code: str,
        teacher: Teacher,
        places: tuple[Place, ...],
        was: Place | None,
    ) -> Place | None:
        """The one section of the teacher's stage among those named; None, told, where open."""
        school = found.text(row, "to_school") or found.text(row, "to_campus")
        staged = [p for p in places if p.stage == teacher.stage]
        if not staged:
            text = "{who} teaches at the {stage} stage, {school} has none: choose another school"
            details = {"who": called(teacher), "stage": teacher.stage, "school": school}
            self.problems.append(Problem(found.at(row, code), text, details))
            return None
        if was is not None and was in staged:
            return was
        if len(staged) > 1:
            text = "{school} may be several campuses: write one of {codes} as the campus"
            codes = listed(
                p.campus.id if p.campus.name == p.school.name else p.campus.name for p in staged
            )
            self.problems.append(
                Problem(found.at(row, code), text, {"school": school, "codes": codes})
            )
            return None
        if staged[0].id == self.county.home(teacher).id:
            text = "{who} serves there already: remove the row if they are to stay"
            self.problems.append(Problem(found.at(row, code), text, {"who": called(teacher)}))
            return None
        return staged[0]
