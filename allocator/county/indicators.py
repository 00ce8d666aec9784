"""The seven resource indicators L1 to L7, counted school by school and stage by stage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from allocator.county.balance import difference_coefficient
from allocator.county.county import County, Place
from allocator.county.people import DEGREES, HONOURS, Teacher
from allocator.county.places import STAGES, Stage
from allocator.county.plan import Supply
from allocator.county.supply import SupplyOffer

StaffIndicator = Literal["L1", "L2", "L3"]
Indicator = Literal["L1", "L2", "L3", "L4", "L5", "L6", "L7"]

STAFF_INDICATORS: tuple[StaffIndicator, ...] = ("L1", "L2", "L3")
INDICATORS: tuple[Indicator, ...] = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")

NAMES: Mapping[Indicator, tuple[str, str]] = {
    "L1": ("每百名学生高于规定学历教师数", "teachers above the required degree per 100 pupils"),
    "L2": ("每百名学生县级以上骨干教师数", "backbone teachers per 100 pupils"),
    "L3": ("每百名学生体育艺术教师数", "PE and arts teachers per 100 pupils"),
    "L4": ("生均教学及辅助用房面积", "teaching floor area, square metres per pupil"),
    "L5": ("生均体育运动场馆面积", "sports area, square metres per pupil"),
    "L6": ("生均教学仪器设备值", "equipment, yuan per pupil"),
    "L7": ("每百名学生网络多媒体教室数", "multimedia classrooms per 100 pupils"),
}

THRESHOLDS: Mapping[Indicator, Mapping[Stage, float]] = {
    "L1": {"primary": 4.2, "junior": 5.3},
    "L2": {"primary": 1.0, "junior": 1.0},
    "L3": {"primary": 0.9, "junior": 0.9},
    "L4": {"primary": 4.5, "junior": 5.8},
    "L5": {"primary": 7.5, "junior": 10.2},
    "L6": {"primary": 2000.0, "junior": 2500.0},
    "L7": {"primary": 2.3, "junior": 2.4},
}
"""What a school shall reach, in the unit of the indicator (2017 evaluation measure)."""

PER_PUPIL: Mapping[str, float] = {
    "L1": 100, "L2": 100, "L3": 100, "L4": 1, "L5": 1, "L6": 1, "L7": 100,
}  # fmt: skip
"""Count / pupils is multiplied by this to give the indicator's unit."""

FACILITY_FIELDS: Mapping[Indicator, str] = {
    "L4": "floor_area", "L5": "sports_area", "L6": "equipment", "L7": "multimedia_rooms",
}  # fmt: skip
"""The indicators that no teacher moves, and where their amounts are recorded."""


def counts_for(indicator: StaffIndicator, teacher: Teacher, county: County) -> bool:
    """Whether a teacher counts in L1, L2 or L3 at the stage taught."""
    if indicator == "L1":
        required = "college" if teacher.stage == "primary" else "bachelor"
        return DEGREES.index(teacher.degree) >= DEGREES.index(required)
    if indicator == "L2":
        return teacher.rank >= HONOURS.index("county_backbone") + 1
    return county.subject[teacher.subject].arts_or_pe


@dataclass(frozen=True)
class SchoolRow:
    """One school at one stage: pupils and what it has in each indicator's raw count."""

    school: str
    stage: Stage
    pupils: int
    counts: Mapping[Indicator, float]
    """Raw counts (teachers, square metres, yuan, rooms); an indicator without data is absent."""

    def value(self, indicator: Indicator) -> float | None:
        """The indicator in its own unit, None where there is no data."""
        if indicator not in self.counts:
            return None
        return PER_PUPIL[indicator] * self.counts[indicator] / self.pupils


def offer_counts_for(indicator: StaffIndicator, offer: SupplyOffer, county: County) -> bool:
    """Whether people of an offer count in L1, L2 or L3 where they are placed.

    Only those who take up a post do; they come without honours.
    """
    if not offer.on_post or indicator == "L2":
        return False
    if indicator == "L1":
        return offer.counts_in_l1()
    return county.subject[offer.subject].arts_or_pe


def supply_counts(
    indicator: StaffIndicator, county: County, supply: Iterable[Supply]
) -> Counter[str]:
    """Section id -> people placed by number who count in an indicator."""
    offers = {offer.id: offer for offer in county.supply}
    found: Counter[str] = Counter()
    for entry in supply:
        offer = offers[f"{entry.kind}.{county.places[entry.section].stage}.{entry.subject}"]
        if offer_counts_for(indicator, offer, county):
            found[entry.section] += entry.count
    return found


def school_rows(
    county: County,
    serving: Mapping[str, Place] | None = None,
    supply: Iterable[Supply] = (),
) -> list[SchoolRow]:
    """Count every indicator at every school and stage that has pupils.

    Parameters
    ----------
    serving
        Teacher id -> section where the teacher serves; None takes the county as it is.
    supply
        People placed by number: those with posts count where they are placed.

    """
    staff: dict[tuple[str, Stage], dict[Indicator, float]] = defaultdict(lambda: defaultdict(float))
    for teacher in county.teacher.values():
        place = county.home(teacher) if serving is None else serving[teacher.id]
        if teacher.status != "in_post":
            continue
        for indicator in STAFF_INDICATORS:
            if counts_for(indicator, teacher, county):
                staff[place.school.id, place.stage][indicator] += 1
    for indicator in STAFF_INDICATORS:
        for section, number in supply_counts(indicator, county, tuple(supply)).items():
            place = county.places[section]
            staff[place.school.id, place.stage][indicator] += number
    rows = []
    for school, places in county.places_of_school.items():
        for stage in STAGES:
            here = [p for p in places if p.stage == stage]
            pupils = sum(p.section.pupils for p in here)
            if not pupils:
                continue
            counts: dict[Indicator, float] = {i: staff[school, stage][i] for i in STAFF_INDICATORS}
            counts.update(_facilities(here))
            rows.append(SchoolRow(school, stage, pupils, counts))
    return rows


def _facilities(places: list[Place]) -> dict[Indicator, float]:
    found: dict[Indicator, float] = {}
    for indicator, field in FACILITY_FIELDS.items():
        values = [getattr(p.section.facilities, field) for p in places]
        if all(v is not None for v in values):
            found[indicator] = sum(values)
    return found


@dataclass(frozen=True)
class StageBalance:
    """The difference coefficients of one stage."""

    stage: Stage
    coefficients: Mapping[Indicator, float]

    @property
    def mean(self) -> float:
        """The mean of the coefficients with data."""
        return sum(self.coefficients.values()) / len(self.coefficients)

    @property
    def largest(self) -> float:
        """The largest coefficient."""
        return max(self.coefficients.values())


def staff_totals(
    county: County,
    serving: Mapping[str, Place] | None = None,
    supply: Iterable[Supply] = (),
) -> Counter[tuple[Stage, Indicator]]:
    """Everyone who counts in L1, L2 or L3 at a stage, those at sections without pupils too.

    Parameters
    ----------
    serving, supply
        As in :func:`school_rows`.

    """
    found: Counter[tuple[Stage, Indicator]] = Counter()
    for teacher in county.teacher.values():
        place = county.home(teacher) if serving is None else serving[teacher.id]
        if teacher.status == "in_post":
            found.update(
                (place.stage, i) for i in STAFF_INDICATORS if counts_for(i, teacher, county)
            )
    for indicator in STAFF_INDICATORS:
        for section, number in supply_counts(indicator, county, tuple(supply)).items():
            found[county.places[section].stage, indicator] += number
    return found


def balance(
    rows: list[SchoolRow], totals: Mapping[tuple[Stage, Indicator], int] | None = None
) -> list[StageBalance]:
    """The difference coefficient of every indicator, over the schools of a stage with data.

    Parameters
    ----------
    totals
        Everyone who counts, as :func:`staff_totals` gives: what the county has in all does not
        change when staff of a school without pupils comes to one that has some. None where nobody
        serves at a school without pupils.

    """
    result = []
    for stage in STAGES:
        here = [r for r in rows if r.stage == stage]
        coefficients: dict[Indicator, float] = {}
        for indicator in INDICATORS:
            known = [r for r in here if indicator in r.counts]
            counts = [r.counts[indicator] for r in known]
            total = sum(counts)
            if totals is not None and indicator in STAFF_INDICATORS:
                total = totals[stage, indicator]
            if known and total > 0:
                pupils = [r.pupils for r in known]
                coefficients[indicator] = difference_coefficient(counts, pupils, total=total)
        if coefficients:
            result.append(StageBalance(stage, coefficients))
    return result
