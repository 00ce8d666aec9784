"""A first plan of walking without a solver: the visit that helps most, one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.county.plan import Plan, Teaching
from allocator.modelling import Configured
from allocator.staffing.decode import teaching
from allocator.staffing.goals.coverage import price
from allocator.staffing.heads import is_head
from allocator.staffing.need import cells, gives, second_subjects
from allocator.staffing.placement import Placement, placement
from allocator.staffing.rules.walking import Walking
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.able import walking_rule
from allocator.staffing.walking.columns import Cell


def walk_greedily(
    county: County, configured: Sequence[Configured], terms: StaffingTerms, plan: Plan
) -> Plan:
    """The plan with its moves and supply, and periods to spare given where they help most.

    A start for a search, not the best. Own periods come first; what people have to spare goes in
    visits and second subjects to where it saves most of the price of uncovered periods.

    Raises
    ------
    ValueError
        If the rule on walking is off.

    """
    rule = walking_rule(configured)
    if rule is None:
        raise ValueError("walking is off")
    seen = placement(county, plan.model_copy(update={"teaching": ()}))
    own = teaching(county, seen.serving, terms.coverage)
    beside, used = _Greedy(county, rule, terms, seen, own).run()
    own = teaching(county, seen.serving, terms.coverage, beside=beside, used=used)
    taught = tuple(sorted((*own, *beside), key=lambda e: (e.teacher, e.section, e.subject)))
    return plan.model_copy(update={"teaching": taught})


class _Greedy:
    """What everyone has to spare and every section lacks, as visits are added."""

    def __init__(
        self,
        county: County,
        rule: Walking,
        terms: StaffingTerms,
        seen: Placement,
        own: Sequence[Teaching],
    ) -> None:
        self.county = county
        self.rule = rule
        self.seen = seen
        self.needed: dict[Cell, int] = {}
        self.lacks: dict[Cell, int] = {}
        given: dict[Cell, int] = defaultdict(int)
        for (section, subject), entries in seen.supplied.items():
            load = county.subject[subject].load(county.places[section].stage)
            given[section, subject] += load * sum(e.count for e in entries)
        taught: dict[str, int] = defaultdict(int)
        for entry in own:
            given[entry.section, entry.subject] += entry.periods
            taught[entry.teacher] += entry.periods
        for place, subject, needed in cells(county, terms.coverage):
            self.needed[place.id, subject] = needed
            self.lacks[place.id, subject] = max(0, needed - given[place.id, subject])
        self.spare = {
            t.id: gives(county, t, t.stage) - taught[t.id]
            for t in county.teacher.values()
            if t.status == "in_post" and not seen.serving[t.id].school.private
        }
        self.near = self._near()
        self.visits: dict[str, dict[Cell, int]] = defaultdict(dict)
        self.used: dict[str, int] = defaultdict(int)

    def _near(self) -> Mapping[Cell, list[tuple[int, str]]]:
        """Sections that lack a subject near a section, with the minutes, the nearest first."""
        short: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for (section, subject), lack in sorted(self.lacks.items()):
            place = self.county.places[section]
            if lack >= self.rule.block and subject in self.rule.subjects:
                short[place.stage, subject].append(place)
        found: dict[Cell, list[tuple[int, str]]] = {}
        for person in self.spare:
            home, subject = self.seen.serving[person], self.county.teacher[person].subject
            if (home.id, subject) not in found:
                ways = (
                    (self.county.minutes(home, place), place.id)
                    for place in short[home.stage, subject]
                    if place.id != home.id
                )
                found[home.id, subject] = sorted(w for w in ways if w[0] <= self.rule.within)
        return found

    def run(self) -> tuple[tuple[Teaching, ...], Mapping[str, int]]:
        """Visits and second subjects, and the periods they take of each teacher."""
        waiting = [b for p, spare in self.spare.items() if spare > 0 and (b := self._best(p))]
        heapify(waiting)
        while waiting:
            known = heappop(waiting)
            best = self._best(known[2])
            if best is None:
                continue
            if best > known:
                # Somebody else took what was lacking: wait for the turn of what is left.
                heappush(waiting, best)
                continue
            self._take(*best[2:])
            again = self._best(best[2])
            if again is not None:
                heappush(waiting, again)
        entries = tuple(
            Teaching(teacher=person, section=section, subject=subject, periods=periods)
            for person, visits in sorted(self.visits.items())
            for (section, subject), periods in sorted(visits.items())
        )
        return entries, self.used

    def _best(self, person: str) -> tuple[float, int, str, str, str, int] | None:
        """What this person can do that saves most: minus the saving, minutes, who, where, what."""
        teacher, home = self.county.teacher[person], self.seen.serving[person]
        found = [
            (-self._saved((section, subject), periods), minutes, person, section, subject, periods)
            for minutes, section, subject, periods in self._possible(teacher, home)
        ]
        return min(found, default=None)

    def _possible(self, teacher: Teacher, home: Place) -> list[tuple[int, str, str, int]]:
        spare, rule, subject = self.spare[teacher.id], self.rule, teacher.subject
        found = []
        visits = self.visits[teacher.id]
        trips = sum(section != home.id for section, _ in visits)
        if not is_head(teacher) and subject in rule.subjects and trips < rule.schools:
            for minutes, section in self.near[home.id, subject]:
                periods = min(spare - rule.travel, self.lacks[section, subject])
                if periods >= rule.block and (section, subject) not in visits:
                    found.append((minutes, section, subject, periods))
        if rule.second_subjects == "yes":
            for second in second_subjects(teacher):
                periods = min(spare, self.lacks.get((home.id, second), 0))
                if periods > 0 and (home.id, second) not in visits:
                    found.append((0, home.id, second, periods))
        return found

    def _saved(self, cell: Cell, periods: int) -> float:
        lack, needed = self.lacks[cell], self.needed[cell]
        return round(price(lack, needed) - price(lack - periods, needed), 1)

    def _take(self, person: str, section: str, subject: str, periods: int) -> None:
        away = section != self.seen.serving[person].id
        spent = periods + self.rule.travel * away
        self.visits[person][section, subject] = periods
        self.used[person] += spent
        self.spare[person] -= spent
        self.lacks[section, subject] -= periods
