"""Cross-checks of months that rest on each other: retirement ages, schools that open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allocator.county.frozen import Problem
from allocator.county.service import school_year

if TYPE_CHECKING:
    from allocator.county.county import County


def retirement_problems(county: County) -> Iterator[Problem]:
    """Ages given twice, and teachers for whom the retirement table gives none."""
    path = "terms.retirement"
    first: dict[tuple[str, str], int] = {}
    for n, entry in enumerate(county.terms.retirement):
        key = (entry.sex, entry.born_from)
        if key in first:
            yield Problem(
                f"{path}[{n}]",
                "the age of those born from {month} on is given twice, first at {first}: keep one",
                {"month": entry.born_from, "first": f"{path}[{first[key]}]"},
            )
        first.setdefault(key, n)
    for sex in _NO_AGE:
        starts = [entry.born_from for entry in county.terms.retirement if entry.sex == sex]
        left = [t for t in county.teachers if t.sex == sex and not any(s <= t.born for s in starts)]
        if left:
            eldest = min(left, key=lambda t: (t.born, t.id))
            yield Problem(
                path,
                _NO_AGE[sex],
                {"number": len(left), "id": eldest.id, "born": eldest.born},
            )


_NO_AGE = {
    "f": "no retirement age is given for {number} women, such as {id}, born in {born}: add an age "
    "from that month on or an earlier one",
    "m": "no retirement age is given for {number} men, such as {id}, born in {born}: add an age "
    "from that month on or an earlier one",
}


def opening_problems(county: County) -> Iterator[Problem]:
    """Schools without staff whose classes begin after the coming school year starts."""
    first = school_year(county.as_of)
    for i, school in enumerate(county.schools):
        classes = sum(sum(s.classes) for c in school.campuses for s in c.sections)
        if classes and school.opened is not None and school.opened > first:
            yield Problem(
                f"schools[{i}].opened",
                "school {id} opens in {opened}, after {first}, the month the coming school year "
                "starts in, and has {classes} classes: correct the month, or enter its classes in "
                "the data of that year",
                {"id": school.id, "opened": school.opened, "first": first, "classes": classes},
            )
