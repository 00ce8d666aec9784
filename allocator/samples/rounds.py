"""Rounds already held in the sample county: a few posts given inside and across schools."""

from __future__ import annotations

from collections import Counter

from allocator.county.county import County, place_id
from allocator.county.decisions import Appointment, Ranking, Round
from allocator.county.establishment import school_posts
from allocator.staffing.rounds import applicants, propose_round, vacancies, with_round

INSIDE, ACROSS = 6, 8
"""Results of each round that are kept (invented)."""


def hold_rounds(county: County) -> County:
    """One competition inside schools, then one round of applications with ranked applicants.

    What is given across schools is the stable matching, as far as each school has a free post.
    """
    inside = [
        Appointment(teacher=t.id, campus=t.campus)
        for t in county.teacher.values()
        if county.standings[t.id].status == "due" and t.role == "teacher" and not t.pins
    ]
    step = max(1, len(inside) // INSIDE)
    first = Round(
        id="R1",
        name="示例：校内竞聘",
        kind="in_school",
        appointments=tuple(inside[::step][:INSIDE]),
    )
    ranked = with_round(county.model_copy(update={"rankings": _rankings(county)}), first)
    proposed = propose_round(ranked, vacancies(ranked), id="R2", name="示例：跨校竞聘")
    free = Counter({line.school: line.free or 0 for line in school_posts(ranked)})
    kept: list[Appointment] = []
    for appointment in proposed.appointments:
        school = ranked.places[
            place_id(appointment.campus, ranked.teacher[appointment.teacher].stage)
        ].school.id
        if free[school] > 0 and len(kept) < ACROSS:
            free[school] -= 1
            kept.append(appointment)
    return with_round(ranked, proposed.model_copy(update={"appointments": tuple(kept)}))


def _rankings(county: County) -> tuple[Ranking, ...]:
    """Each campus ranks who named it first, longest at work first."""
    wanting: dict[tuple[str, str], list[str]] = {}
    for teacher in sorted(applicants(county), key=lambda t: (t.entered_work, t.id)):
        key = (teacher.preferences[0], teacher.subject)
        wanting.setdefault(key, []).append(teacher.id)
    return tuple(
        Ranking(campus=campus, subject=subject, applicants=tuple(people))
        for (campus, subject), people in sorted(wanting.items())
    )
