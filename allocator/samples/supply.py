"""Further supply of the sample county: hires, reserve and the like. All of it invented."""

from __future__ import annotations

from collections import Counter

from allocator.county.county import County
from allocator.county.people import Degree
from allocator.county.places import STAGES, Stage
from allocator.county.supply import SupplyKind, SupplyOffer

SHARES: tuple[tuple[SupplyKind, float], ...] = (
    ("hire", 0.20),
    ("reserve", 0.10),
    ("exam_intake", 0.05),
    ("reassignment", 0.05),
    ("private_secondment", 0.02),
)
"""People of each kind as a share of the full loads that nobody in the county gives."""
_DEGREE: dict[SupplyKind, Degree] = {"reserve": "college", "reassignment": "college"}


def build_supply(county: County) -> tuple[SupplyOffer, ...]:
    """People of each kind for the subjects short in the county, none where it rounds to nobody."""
    missing = _missing(county)
    return tuple(
        SupplyOffer(
            kind=kind,
            stage=stage,
            subject=subject,
            count=round(share * missing[stage, subject]),
            degree=_DEGREE.get(kind, "bachelor"),
        )
        for kind, share in SHARES
        for stage in STAGES
        for subject in county.subject
        if round(share * missing[stage, subject])
    )


def _missing(county: County) -> Counter[tuple[Stage, str]]:
    """Full loads by stage and subject that the public staff in post cannot give."""
    loads: Counter[tuple[Stage, str]] = Counter()
    periods: Counter[tuple[Stage, str]] = Counter()
    for place in county.places.values():
        if not place.school.private:
            periods.update({(place.stage, s): n for s, n in place.demand.items()})
    for (stage, subject), needed in periods.items():
        loads[stage, subject] = -(-needed // county.subject[subject].load(stage))
    for teacher in county.teacher.values():
        place = county.home(teacher)
        if teacher.status == "in_post" and not place.school.private:
            loads[place.stage, teacher.subject] -= 1
    return Counter({key: max(0, number) for key, number in loads.items()})
