"""The staffing program (教师配置): where teachers serve.

Sets
    g groups of teachers alike, s sections, h(g) home of a group, n_g its size.
Variables
    move[g, s] in {0, ..., n_g}, for every s of the stage of h(g) other than h(g) that all MUST
    rules admit: how many of group g serve at s.
Structure
    sum_s move[g, s] <= n_g: a teacher serves at one section.
Rules and goals
    Rows and convex pieces of ``rules`` and ``goals``; a teacher stays within the stage taught.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from allocator.county.county import County
from allocator.county.plan import Plan
from allocator.modelling import Allocation, Configured, Ints, Linear, Row, RuleRows, Tier
from allocator.staffing.decode import decode
from allocator.staffing.goals import TIERS, goals
from allocator.staffing.groups import Asks, Groups, admitted, group
from allocator.staffing.placement import Placement, placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.variables import Columns, Shared, Variables


def ordered_tiers(order: Sequence[str]) -> tuple[Tier, ...]:
    """The tiers in the planner's order."""
    known = {t.name: t for t in TIERS}
    return tuple(known[name] for name in order)


def tier_values(
    county: County,
    configured: Sequence[Configured],
    order: Sequence[str],
    terms: StaffingTerms,
    plan: Plan | Placement,
) -> dict[str, float]:
    """The value of each tier, counted from the people and places of a plan.

    A goal gives its score; a rule that is wished for gives the shortfall of its readings.
    """
    seen = plan if isinstance(plan, Placement) else placement(county, plan)
    values = dict.fromkeys(order, 0.0)
    for goal in goals(configured, terms.minutes_per_move):
        values[goal.tier] += goal.score(county, seen)
    for c in configured:
        if c.firmness == "should" and isinstance(c.rule, StaffingRule):
            values[c.rule.tier] += sum(r.shortfall for r in c.rule.readings(county, seen))
    return values


def asking(configured: Sequence[Configured], terms: StaffingTerms) -> list[Asks]:
    """What may tell teachers apart: the rules that bind, and the goals."""
    rules = [
        c.rule
        for c in configured
        if c.firmness in ("must", "should") and isinstance(c.rule, StaffingRule)
    ]
    return [*rules, *goals(configured, terms.minutes_per_move)]


def build(
    county: County,
    configured: Sequence[Configured],
    order: Sequence[str],
    terms: StaffingTerms,
) -> Allocation:
    """Build the staffing program of a county.

    Parameters
    ----------
    configured
        The scenario's rules with their firmness.
    order
        Names of the tiers, most important first.

    """
    binding = [c for c in configured if c.firmness in ("must", "should")]
    wanted = goals(configured, terms.minutes_per_move)
    groups = group(county, asking(configured, terms))
    shared = _share(county, groups, binding)
    return Allocation(
        part="staffing",
        names=_names(shared),
        upper=shared.sizes[shared.columns.group].astype(np.float64),
        structure=_one_place(shared),
        rules=tuple(
            RuleRows(c, tuple(c.rule.rows(county, Variables(shared, c.rule.name))))
            for c in binding
            if isinstance(c.rule, StaffingRule)
        ),
        costs=tuple(goal.cost(county, Variables(shared, goal.name)) for goal in wanted),
        tiers=ordered_tiers(order),
        decode=lambda levels: decode(shared, terms, levels),
        values=_valuer(county, configured, order, terms),
    )


def _valuer(
    county: County, configured: Sequence[Configured], order: Sequence[str], terms: StaffingTerms
) -> Callable[[Plan], Mapping[str, float]]:
    def values(plan: Plan) -> Mapping[str, float]:
        return tier_values(county, configured, order, terms, plan)

    return values


def _share(county: County, groups: Groups, binding: Sequence[Configured]) -> Shared:
    """Lay out the columns that all MUST rules admit."""
    pruning = [
        (c.firmness, c.rule)
        for c in binding
        if isinstance(c.rule, StaffingRule) and c.rule.prunes()
    ]
    answers = admitted(county, groups, [rule for _, rule in pruning])
    places = list(county.places.values())
    position = {p.id: n for n, p in enumerate(places)}
    home = np.array([position[p.id] for p in groups.homes], dtype=np.int64)
    stage = np.array([p.stage for p in places])
    allowed = stage[home][:, None] == stage[None, :]
    allowed[np.arange(home.size), home] = False
    for firmness, rule in pruning:
        if firmness == "must":
            allowed &= answers[rule.name]
    group_of, place_of = (a.astype(np.int64) for a in allowed.nonzero())
    school = np.array([p.school.id for p in places])
    count = len(places)
    columns = Columns(
        group=group_of,
        place=place_of,
        home=home[group_of],
        minutes=_minutes(county)[home[group_of], place_of],
        exchange=school[home[group_of]] != school[place_of],
        out_of=_lists(home[group_of], count),
        into=_lists(place_of, count),
    )
    return Shared(
        county=county,
        groups=groups,
        columns=columns,
        position=position,
        members=_lists(home, count),
        refused={r.name: ~answers[r.name][group_of, place_of] for _, r in pruning},
        sizes=groups.sizes,
    )


def _minutes(county: County) -> npt.NDArray[np.int64]:
    places = list(county.places.values())
    return np.array([[county.minutes(a, b) for b in places] for a in places], dtype=np.int64)


def _lists(keys: Ints, count: int) -> tuple[Ints, ...]:
    """Positions of each key 0, ..., count - 1, ascending."""
    order = np.argsort(keys, kind="stable").astype(np.int64)
    ends = np.searchsorted(keys[order], np.arange(count + 1))
    return tuple(order[ends[n] : ends[n + 1]] for n in range(count))


def _names(shared: Shared) -> tuple[str, ...]:
    places = list(shared.county.places)
    return tuple(
        f"move[{shared.groups.members[g][0].id},{places[s]}]"
        for g, s in zip(shared.columns.group, shared.columns.place, strict=True)
    )


def _one_place(shared: Shared) -> tuple[Row, ...]:
    """No more people leave a group than it has; one column's bound says that by itself."""
    rows = []
    for g, columns in enumerate(_lists(shared.columns.group, shared.sizes.size)):
        if columns.size > 1:
            expression = Linear(columns, np.ones(columns.size))
            rows.append(
                Row(shared.groups.members[g][0].id, expression, "<=", float(shared.sizes[g]))
            )
    return tuple(rows)
