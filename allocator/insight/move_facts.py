"""What a move gives and takes, counted from the people before and after a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from allocator.county.county import Place
from allocator.county.indicators import STAFF_INDICATORS, Indicator, SchoolRow, counts_for
from allocator.insight.staffing_tables import coverage, famous_rule
from allocator.insight.view import BeforeAfter
from allocator.modelling import Reading, Rule
from allocator.scenario import Scenario
from allocator.staffing.base import urban
from allocator.staffing.counted import CountedMoves
from allocator.staffing.need import gives
from allocator.staffing.placement import Moved, Placement
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor

_Kind = TypeVar("_Kind", bound=Rule)
Cell = tuple[str, str]
"""Section and subject."""


@dataclass(frozen=True)
class FamousNeed:
    """What a rural junior high needs of famous teachers, and had before the plan."""

    school: str
    need: int
    had: float


@dataclass(frozen=True)
class MoveFacts:
    """A plan beside the county as it is, looked up once for all its moves."""

    scenario: Scenario
    seen: BeforeAfter
    _counted: dict[str, frozenset[str]] = field(default_factory=dict)
    _sent: dict[str, Mapping[str, Reading]] = field(default_factory=dict)

    def in_force(self, kind: type[_Kind]) -> list[_Kind]:
        """The rules of a kind that the scenario asks for: must or should."""
        asked = self.scenario.configured("staffing")
        return [
            c.rule for c in asked if isinstance(c.rule, kind) and c.firmness in ("must", "should")
        ]

    def covers(self, m: Moved) -> tuple[int, int]:
        """Periods uncovered at the section reached without this move, and uncovered before.

        All other moves are made as planned.
        """
        key = (m.destination.id, m.teacher.subject)
        needed, lacked = self._cells.get(key, (0, 0))
        here = self._given[key]
        without = max(0, needed - here + self._gives(m, m.destination))
        return without - max(0, needed - here), lacked

    def spared(self, m: Moved) -> bool:
        """Whether the section left had a teacher of the subject to spare, and lacks none now."""
        key = (m.origin.id, m.teacher.subject)
        needed, _ = self._cells.get(key, (0, 0))
        return (
            self._given[key] >= needed
            and self._given_before[key] - self._gives(m, m.origin) >= needed
        )

    def _gives(self, m: Moved, place: Place) -> int:
        if m.teacher.status != "in_post":
            return 0
        return gives(self.seen.county, m.teacher, place.stage)

    @cached_property
    def _cells(self) -> Mapping[Cell, tuple[int, int]]:
        """Periods needed, and uncovered before."""
        table = coverage(self.scenario, self.seen)
        rows = zip(
            table["section"],
            table["subject_id"],
            table["needed"],
            table["uncovered_before"],
            strict=True,
        )
        return {(section, subject): (int(n), int(u)) for section, subject, n, u in rows}

    @cached_property
    def _given_before(self) -> Counter[Cell]:
        return _capacity(self.seen.before)

    @cached_property
    def _given(self) -> Counter[Cell]:
        return _capacity(self.seen.after)

    def famous_need(self, m: Moved) -> FamousNeed | None:
        """The need a famous teacher from another school helps to fill; None where there is none."""
        found = self._needs.get(m.destination.id)
        counts = m.exchange and famous_rule(self.scenario).famous(m.teacher)
        return found if found and counts and found.had < found.need else None

    @cached_property
    def _needs(self) -> Mapping[str, FamousNeed]:
        """Section of a rural junior high -> its school's need."""
        rule = famous_rule(self.scenario)
        found: dict[str, FamousNeed] = {}
        for school, places, need in rule.schools(self.seen.county):
            had = float(rule.counted_at(self.seen.before, places))
            found.update(dict.fromkeys((p.id for p in places), FamousNeed(school, need, had)))
        return found

    def evens(self, m: Moved, indicators: tuple[Indicator, ...]) -> list[str]:
        """Indicators in which someone leaves a school above the mean for one below, as things are.

        Both at the stage taught, a head, with nobody moved.
        """
        if m.teacher.status != "in_post":
            return []
        return [
            i
            for i in STAFF_INDICATORS
            if i in indicators
            and counts_for(i, m.teacher, self.seen.county)
            and self._above_mean(i, m.origin) > 0 > self._above_mean(i, m.destination)
        ]

    def _above_mean(self, indicator: Indicator, place: Place) -> float:
        here = self._rows.get((place.school.id, place.stage))
        if here is None:
            return 0.0
        return here.counts[indicator] / here.pupils - self._means[place.stage, indicator]

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], SchoolRow]:
        return {(r.school, r.stage): r for r in self.seen.rows_before}

    @cached_property
    def _means(self) -> Mapping[tuple[str, Indicator], float]:
        """The county's value of each staff indicator, a head."""
        pupils: Counter[str] = Counter()
        counts: dict[tuple[str, Indicator], float] = {}
        for row in self.seen.rows_before:
            pupils[row.stage] += row.pupils
            for i in STAFF_INDICATORS:
                counts[row.stage, i] = counts.get((row.stage, i), 0.0) + row.counts[i]
        return {key: value / pupils[key[0]] for key, value in counts.items()}

    def counted(self, rule: CountedMoves, m: Moved) -> bool:
        """Whether a rule counts a move."""
        if rule.name not in self._counted:
            found = frozenset(c.teacher.id for c in rule.counted(self.seen.after))
            self._counted[rule.name] = found
        return m.teacher.id in self._counted[rule.name]

    def sender(self, rule: SendingSchoolRateFloor, m: Moved) -> Reading | None:
        """The reading of the school that sends, or of the small schools it is pooled with."""
        school = m.origin.school
        places = self.seen.county.places_of_school[school.id]
        if not (urban(places) or school.quality):
            return None
        if rule.name not in self._sent:
            readings = rule.readings(self.seen.county, self.seen.after)
            self._sent[rule.name] = {r.where: r for r in readings}
        found = self._sent[rule.name]
        return found.get(school.id) or found.get(places[0].zone)


def _capacity(seen: Placement) -> Counter[Cell]:
    """Weekly periods that those who serve at each section can give, people placed by number too."""
    county = seen.county
    found: Counter[Cell] = Counter()
    for section, staff in seen.staff.items():
        stage = county.places[section].stage
        for teacher in staff:
            found[section, teacher.subject] += gives(county, teacher, stage)
    for (section, subject), entries in seen.supplied.items():
        load = county.subject[subject].load(county.places[section].stage)
        found[section, subject] += load * sum(entry.count for entry in entries)
    return found
