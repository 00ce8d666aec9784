"""The county: everything that is known before anything is decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from pydantic import model_validator

from allocator.county.checks import problems_of
from allocator.county.corrections import Correction, corrected
from allocator.county.curriculum import ZHEJIANG_2023, Subject, demand
from allocator.county.decisions import Appointment, Kinship, Ranking, Round
from allocator.county.frozen import DataError, Frozen, Month, Whole
from allocator.county.people import Teacher
from allocator.county.places import (
    AreaClass,
    Campus,
    School,
    SchoolGroup,
    Section,
    SeniorHigh,
    Stage,
    Township,
    Zone,
)
from allocator.county.points import PointsTable
from allocator.county.quotas import PastQuota, QuotaLot, QuotaPin, QuotaPool
from allocator.county.reported import Reported
from allocator.county.service import ServiceTerms, Standing, returns_home, standing
from allocator.county.supply import SupplyOffer
from allocator.county.ties import TieDecision
from allocator.county.travel import Travel, travel_minutes


@dataclass(frozen=True)
class Place:
    """A section seen with all it belongs to: where a teacher can serve.

    ``id`` is campus and stage, e.g. ``C001.junior``.
    """

    id: str
    section: Section
    campus: Campus
    school: School
    township: Township
    demand: Mapping[str, int]
    """Weekly periods needed by subject."""

    @property
    def stage(self) -> Stage:
        """The stage taught here."""
        return self.section.stage

    @property
    def zone(self) -> str:
        """The zone it lies in."""
        return self.township.zone

    @property
    def area_class(self) -> AreaClass:
        """Its area class: its own, else its township's."""
        return self.campus.area_class or self.township.area_class

    @property
    def name(self) -> str:
        """School, and campus where the school has several."""
        return self.campus.name


def place_id(campus: str, stage: str) -> str:
    """The id of the section of a stage at a campus."""
    return f"{campus}.{stage}"


class County(Frozen):
    """A county (县域): places, people, periods, travel, at one month."""

    name: str
    as_of: Month
    notes: str = ""
    """What is published, what is synthetic."""
    zones: tuple[Zone, ...] = ()
    groups: tuple[SchoolGroup, ...] = ()
    townships: tuple[Township, ...]
    schools: tuple[School, ...]
    post_pool: Whole = 0
    """Posts the county keeps for schools that need more than their establishment (编制周转池)."""
    senior_highs: tuple[SeniorHigh, ...] = ()
    quota_pools: tuple[QuotaPool, ...] = ()
    past_quotas: tuple[PastQuota, ...] = ()
    quota_lots: tuple[QuotaLot, ...] = ()
    quota_pins: tuple[QuotaPin, ...] = ()
    reported: tuple[Reported, ...] = ()
    """Totals typed in for the plan's Table 1, for what no roster holds."""
    teachers: tuple[Teacher, ...] = ()
    subjects: tuple[Subject, ...] = ZHEJIANG_2023
    terms: ServiceTerms = ServiceTerms()
    travel: Travel = Travel()
    points_table: PointsTable = PointsTable()
    corrections: tuple[Correction, ...] = ()
    tie_decisions: tuple[TieDecision, ...] = ()
    supply: tuple[SupplyOffer, ...] = ()
    """Further people to be placed this year, counted by kind, stage and subject."""
    rounds: tuple[Round, ...] = ()
    """Results of the rounds held so far."""
    rankings: tuple[Ranking, ...] = ()
    kinships: tuple[Kinship, ...] = ()

    @model_validator(mode="after")
    def _cross_check(self) -> County:
        problems = problems_of(self)
        if problems:
            raise DataError(problems)
        return self

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """All sections by id, sorted by id."""
        townships = {t.id: t for t in self.townships}
        found = [
            Place(
                id=place_id(campus.id, section.stage),
                section=section,
                campus=campus,
                school=school,
                township=townships[campus.township],
                demand=demand(section, self.subjects),
            )
            for school in self.schools
            for campus in school.campuses
            for section in campus.sections
        ]
        return {p.id: p for p in sorted(found, key=lambda p: p.id)}

    @cached_property
    def school(self) -> Mapping[str, School]:
        """Schools by id, sorted by id."""
        return {s.id: s for s in sorted(self.schools, key=lambda s: s.id)}

    @cached_property
    def subject(self) -> Mapping[str, Subject]:
        """Subjects by id, in the order of the periods table."""
        return {s.id: s for s in self.subjects}

    @cached_property
    def teacher(self) -> Mapping[str, Teacher]:
        """Teachers by id, sorted by id."""
        return {t.id: t for t in sorted(self.teachers, key=lambda t: t.id)}

    @cached_property
    def places_of_school(self) -> Mapping[str, tuple[Place, ...]]:
        """Sections of each school, by school id."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place in self.places.values():
            found[place.school.id].append(place)
        return {school: tuple(places) for school, places in sorted(found.items())}

    @cached_property
    def junior_highs(self) -> tuple[School, ...]:
        """Schools with a junior section, sorted by id."""
        return tuple(
            self.school[s]
            for s, places in self.places_of_school.items()
            if any(p.stage == "junior" for p in places)
        )

    @cached_property
    def _minutes(self) -> tuple[Mapping[str, int], npt.NDArray[np.int64]]:
        campuses = sorted(
            (c for s in self.schools for c in s.campuses), key=lambda campus: campus.id
        )
        return (
            {c.id: i for i, c in enumerate(campuses)},
            travel_minutes(campuses, self.townships, self.travel),
        )

    def minutes(self, a: Place, b: Place) -> int:
        """Travel minutes between two sections, one way."""
        position, table = self._minutes
        return int(table[position[a.campus.id], position[b.campus.id]])

    def home(self, teacher: Teacher) -> Place:
        """The section where a teacher serves before anything is decided."""
        return self.places[place_id(teacher.campus, teacher.stage)]

    def start(self, teacher: Teacher) -> Place:
        """The section a teacher can be moved from: today's, or home again after a term."""
        return self.returns.get(teacher.id) or self.home(teacher)

    def post_place(self, teacher: Teacher) -> Place | None:
        """The section that holds a teacher's post before any move, None without a post.

        Only staff on establishment (在编) hold posts. A post stays reserved at home during a term
        elsewhere, and is held by those lent out or ill for long.
        """
        if teacher.employment != "establishment":
            return None
        if teacher.running_term is None:
            return self.home(teacher)
        return self.places[place_id(teacher.running_term.home, teacher.stage)]

    @cached_property
    def appointed(self) -> Mapping[str, Appointment]:
        """Results of the rounds held so far, by teacher id."""
        found = [a for held in self.rounds for a in held.appointments]
        return {a.teacher: a for a in sorted(found, key=lambda a: a.teacher)}

    @cached_property
    def returns(self) -> Mapping[str, Place]:
        """Those whose term ends before the school year: teacher id -> section returned to."""
        return {
            t.id: self.places[place_id(t.running_term.home, t.stage)]
            for t in self.teacher.values()
            if t.running_term is not None and returns_home(t, self.as_of)
        }

    def opens(self, school: School) -> bool:
        """Whether a school opens this year: it has an opening month and no staff yet."""
        return school.opened is not None and school.id not in self._staffed

    @cached_property
    def _staffed(self) -> frozenset[str]:
        school_of = {c.id: s.id for s in self.schools for c in s.campuses}
        return frozenset(school_of[t.campus] for t in self.teachers)

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Every teacher's standing (应交流 / 可交流 / 暂不交流) as corrected, by teacher id."""
        found = {
            t.id: standing(t, self.terms, self.as_of, private=self.home(t).school.private)
            for t in self.teacher.values()
        }
        return found | {c.teacher: corrected(found[c.teacher], c) for c in self.corrections}
