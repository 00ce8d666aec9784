"""Moves first, walking after: who walks once it is settled where everyone serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import replace

from allocator.county.county import County, Place
from allocator.county.plan import Plan, Teaching
from allocator.modelling import Allocation, Configured, Cost, Count, Floats, Linear
from allocator.staffing.decode import teaching, with_walking
from allocator.staffing.goals import TIERS
from allocator.staffing.goals.coverage import Coverage, periods_piece, price
from allocator.staffing.need import cells
from allocator.staffing.placement import Placement, placement
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.able import Able, walking_by, walking_rule
from allocator.staffing.walking.columns import Cell, WalkingColumns
from allocator.staffing.walking.laying import lay_walking
from allocator.staffing.walking.ways import Alike, ClassesAt, Source, ways

Way = tuple[str, str, str]
"""Section served, section visited, subject."""


def second_stage(
    county: County,
    configured: Sequence[Configured],
    terms: StaffingTerms,
    plan: Plan,
    *,
    chains: bool = False,
) -> Allocation:
    """The program of walking alone, everyone and all supply placed as a plan says.

    Its one tier is coverage; a plan decoded from it has the moves and supply of the plan given.
    Periods go only to where own people leave some uncovered, and only from where they do not.

    Parameters
    ----------
    chains
        Whether they may also go over a third section or subject, and from one that lacks some
        itself: then the program is exact, and much larger.

    Raises
    ------
    ValueError
        If the rule on walking is off.

    """
    return laid_second_stage(county, configured, terms, plan, chains=chains)[0]


def laid_second_stage(
    county: County,
    configured: Sequence[Configured],
    terms: StaffingTerms,
    plan: Plan,
    *,
    chains: bool = False,
    by_persons: bool = True,
    only: Container[Way] | None = None,
) -> tuple[Allocation, WalkingColumns]:
    """:func:`second_stage` with its columns, for the levels at which a plan stands.

    Parameters
    ----------
    chains
        As for :func:`second_stage`.
    by_persons
        Whether people visit as whole persons; else their periods flow in any pieces.
    only
        The ways that may be walked; None takes all in reach.

    """
    stage = SecondStage(county, configured, terms, plan, chains=chains)
    return stage.laid(by_persons=by_persons, only=only)


class SecondStage:
    """Everyone placed as a plan says, ready to be laid out over some ways after others.

    Parameters are those of :func:`second_stage`.
    """

    def __init__(
        self,
        county: County,
        configured: Sequence[Configured],
        terms: StaffingTerms,
        plan: Plan,
        *,
        chains: bool = False,
    ) -> None:
        rule = walking_rule(configured)
        if rule is None:
            raise ValueError("walking is off")
        self.county, self.terms, self.plan, self.rule = county, terms, plan, rule
        self.by = walking_by(configured, terms)
        seen = placement(county, plan.model_copy(update={"teaching": ()}))
        self.serving = seen.serving
        supplied = {key: sum(e.count for e in entries) for key, entries in seen.supplied.items()}

        def supply_at(place: Place, subject: str) -> Count:
            return _number(supplied.get((place.id, subject), 0))

        able = rule.traits(county)["able"]
        found: dict[Cell, dict[Able, int]] = defaultdict(lambda: defaultdict(int))
        self.given: dict[Cell, int] = defaultdict(int)
        for person, place in seen.serving.items():
            teacher = county.teacher[person]
            kind = able(teacher)
            if isinstance(kind, tuple):
                found[place.id, teacher.subject][Able(*kind)] += 1
                self.given[place.id, teacher.subject] += _gives(county, place, Able(*kind))
        for (section, subject), number in supplied.items():
            load = county.subject[subject].load(county.places[section].stage)
            self.given[section, subject] += load * number
        sources = ways(county, rule, terms.coverage, _classes(county, found), supply_at)
        self.sources = _helpful(sources, self.given, chains=chains)

    def laid(
        self, *, by_persons: bool = True, only: Container[Way] | None = None
    ) -> tuple[Allocation, WalkingColumns]:
        """The program with its columns; parameters are those of :func:`laid_second_stage`."""
        sources = self.sources
        if only is not None:
            sources = [_narrowed(source, only) for source in sources]
        columns = lay_walking(self.rule, sources, 0, None if by_persons else frozenset())
        goal = Coverage(by=self.terms.coverage)
        allocation = Allocation(
            part="staffing",
            names=columns.names,
            upper=columns.upper,
            structure=columns.rows,
            rules=(),
            costs=(self._uncovered(goal.tier, columns),),
            tiers=tuple(t for t in TIERS if t.name == goal.tier),
            decode=lambda levels: self._decoded(columns, levels),
            values=lambda decided: {goal.tier: goal.score(self.county, self.seen(decided))},
            blocks=columns.blocks,
        )
        return allocation, columns

    def seen(self, plan: Plan) -> Placement:
        """A plan with walking as people at places."""
        return placement(self.county, plan, self.by)

    def without_idle(self, plan: Plan) -> Plan:
        """The plan without visits and second subjects that help nobody who lacks periods.

        Where own people cover everything, and cannot reach any who lack, they do it themselves.
        """
        seen, cells_laid = self.seen(plan), {source.cell for source in self.sources}
        beside: list[Teaching] = []
        used: dict[str, int] = defaultdict(int)
        for person, entries in seen.beside.items():
            for entry in entries:
                if (entry.section, entry.subject) in cells_laid:
                    beside.append(entry)
                    away = entry.section != self.serving[person].id
                    used[person] += entry.periods + self.rule.travel * away
        if len(beside) == sum(len(entries) for entries in seen.beside.values()):
            return plan
        own = teaching(self.county, self.serving, self.terms.coverage, beside=beside, used=used)
        taught = tuple(sorted((*own, *beside), key=lambda e: (e.teacher, e.section, e.subject)))
        return plan.model_copy(update={"teaching": taught})

    def _uncovered(self, tier: str, columns: WalkingColumns) -> Cost:
        fixed = 0.0
        pieces = []
        for place, subject, needed in cells(self.county, self.terms.coverage):
            count = columns.covered.get((place.id, subject))
            if count is None:
                fixed += price(max(0, needed - self.given[place.id, subject]), needed)
            else:
                pieces.append(periods_piece(count, needed))
        return Cost(tier, Linear.number(fixed), tuple(pieces))

    def _decoded(self, columns: WalkingColumns, levels: Floats) -> Plan:
        taught = with_walking(self.county, self.serving, self.terms, columns, levels)
        return self.plan.model_copy(update={"teaching": taught})


def _narrowed(source: Source, only: Container[Way]) -> Source:
    here, subject = source.place.id, source.subject
    return replace(source, reach=tuple(q for q in source.reach if (here, q.id, subject) in only))


def _number(number: int) -> Count:
    return Count(Linear.number(float(number)), number, number)


def _gives(county: County, place: Place, able: Able) -> int:
    return county.subject[able.subject].load(place.stage) - able.less


def _classes(county: County, found: Mapping[Cell, Mapping[Able, int]]) -> ClassesAt:
    at: dict[str, dict[str, tuple[Alike, ...]]] = defaultdict(dict)
    for (section, subject), kinds in found.items():
        place = county.places[section]
        at[section][subject] = tuple(
            Alike(able, _gives(county, place, able), _number(kinds[able])) for able in sorted(kinds)
        )
    return lambda place: at[place.id]


def _helpful(sources: Sequence[Source], given: Mapping[Cell, int], *, chains: bool) -> list[Source]:
    """Those that lack periods themselves, or whose periods can reach one that does."""
    lacking = {s.cell for s in sources if s.needed > given[s.cell]}
    if not chains:
        direct = [
            _only(s, lacking) if s.cell not in lacking else replace(s, reach=(), seconds=())
            for s in sources
        ]
        return [s for s in direct if s.goes_to() or s.cell in lacking]
    comes_from: dict[Cell, list[Cell]] = defaultdict(list)
    for source in sources:
        for cell in source.goes_to():
            comes_from[cell].append(source.cell)
    helpful = set(lacking)
    reached = sorted(lacking)
    while reached:
        for cell in comes_from[reached.pop()]:
            if cell not in helpful:
                helpful.add(cell)
                reached.append(cell)
    return [_only(s, helpful) for s in sources if s.cell in helpful]


def _only(source: Source, cells: Set[Cell]) -> Source:
    """The source, its periods going to some cells only."""
    return replace(
        source,
        reach=tuple(q for q in source.reach if (q.id, source.subject) in cells),
        seconds=tuple(s for s in source.seconds if (source.place.id, s) in cells),
    )
