"""The campus of a teacher in a roster that names the school only."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.county.people import Teacher
from allocator.files.intake.cells import Cells
from allocator.files.intake.place_names import NO_ANSWER
from allocator.files.intake.questions import SKIP, Choice, Question
from allocator.files.intake.rows import SheetRow

_WHICH = "{school} has several campuses: at which do they work?"
_ELSEWHERE = "{campus} is no campus of {school}: correct one"


def take_campus(row: SheetRow, known: Teacher | None, county: County, cells: Cells) -> None:
    """Take the campus from the school, where the row says no more.

    Whoever is at the school stays at the campus; of several campuses the one that teaches the
    stage is meant, else it is asked.

    Parameters
    ----------
    known
        The teacher as the scenario has them, if it does.
    """
    if "school" in row.bad:
        row.bad.add("campus")
    school = row.keys.get("school")
    if school is None or "campus" in row.bad:
        return
    schools, campuses = cells.names("schools"), cells.names("campuses")
    campus = row.said("campus")
    if campus is not None:
        owner = schools.code(campus)
        if owner is not None and owner != school:
            names = {"campus": campuses.names[campus], "school": schools.names[school]}
            cells.desk.wrong(row.where("campus"), names["campus"], Problem("", _ELSEWHERE, names))
        return
    if known is not None and schools.code(known.campus) == school:
        row.values["campus"] = known.campus
        return
    stage = row.said("stage") or (known.stage if known is not None else None)
    found = campuses.code(school) or only_campus(county, school, stage)
    if found is None:
        held = campuses.belonging.get(school, ())
        if not held:
            return
        asked = _asked(school, schools.names[school], {c: campuses.names[c] for c in held})
        found = cells.desk.ask(asked.key, row.where("school"), lambda: asked)
    if found == SKIP:
        row.out = True
    elif found is None:
        row.bad.add("campus")
    else:
        row.values["campus"] = found


def _asked(school: str, name: str, campuses: Mapping[str, str]) -> Question:
    """The question which campus of a school its new teachers are at."""
    choices = (Choice(c, Problem("", "{name} ({code})", {"name": campuses[c], "code": c}))
               for c in sorted(campuses))  # fmt: skip
    words = Problem("", _WHICH, {"school": name})
    return Question(f"campus:{school}", "place", words, (), (*choices, NO_ANSWER), value=name)


def only_campus(county: County, school: str, stage: str | None) -> str | None:
    """The only campus of a school that teaches a stage."""
    held = county.school.get(school)
    if held is None or stage is None:
        return None
    found = [c.id for c in held.campuses if any(s.stage == stage for s in c.sections)]
    return found[0] if len(found) == 1 else None
