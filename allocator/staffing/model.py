"""The staffing program (教师配置): where teachers serve.

Sets
    g groups of teachers alike, s sections, h(g) home of a group, n_g its size; k kinds of move
    (secondment, transfer); o offers of further supply, n_o their size.
Variables
    move[g, s, k] in {0, ..., n_g}, for every s of the stage of h(g) other than h(g) and every kind
    that all MUST rules admit: how many of group g serve at s. Transfers have columns only where a
    rule in force opens them, and to opening schools.
    supply[o, s] in {0, ..., n_o}, where a rule in force opens the offer: how many serve at s.
    Periods of own people, visits and second subjects, where somebody may walk: ``walking.laying``.
Structure
    sum_{s,k} move[g, s, k] <= n_g: a teacher serves at one section.
    sum_s supply[o, s] <= n_o.
    Whoever returns from a term starts at home again and has no columns: returns are data.
Rules and goals
    Rows and convex pieces of ``rules`` and ``goals``; a teacher stays within the stage taught.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from allocator.county.county import County
from allocator.county.decisions import MOVE_KINDS
from allocator.county.plan import Plan
from allocator.modelling import Allocation, Configured, Cost, Floats, Linear, Row, RuleRows, Tier
from allocator.staffing.columns import Shared, block_of, lists
from allocator.staffing.decode import decode
from allocator.staffing.goal import StaffingGoal
from allocator.staffing.goals import TIERS, goals
from allocator.staffing.groups import Asks, group
from allocator.staffing.layout import Structure, share
from allocator.staffing.placement import Placement, placement
from allocator.staffing.rule import StaffingRule
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.variables import Variables
from allocator.staffing.walking.able import walking_by, walking_rule
from allocator.staffing.walking.cut_network import Indexed
from allocator.staffing.walking.cut_sets import CutSets
from allocator.staffing.walking.laying import lay_walking
from allocator.staffing.walking.ways import classes_of, ways

SPARE = 16
"""Counts by which windows are wider than stated: prices change little there."""


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
    if isinstance(plan, Placement):
        seen = plan
    else:
        seen = placement(county, plan, walking_by(configured, terms))
    values = dict.fromkeys(order, 0.0)
    for goal in goals(configured, terms):
        values[goal.tier] += goal.score(county, seen)
    for c in configured:
        if c.firmness == "should" and isinstance(c.rule, StaffingRule):
            values[c.rule.tier] += sum(r.shortfall for r in c.rule.readings(county, seen))
    return values


WalkingProgram = Literal["none", "flow", "persons"]
"""How a program speaks of walking: not at all, as a flow of periods, person by person."""


def build(
    county: County,
    configured: Sequence[Configured],
    order: Sequence[str],
    terms: StaffingTerms,
    walking: WalkingProgram = "none",
    persons: frozenset[str] | None = None,
) -> Allocation:
    """Build the staffing program of a county.

    Parameters
    ----------
    configured
        The scenario's rules with their firmness.
    order
        Names of the tiers, most important first.
    walking, persons
        As for :func:`lay`.

    """
    shared = lay(county, configured, terms, walking, persons)
    return state(county, configured, order, terms, shared)


def lay(
    county: County,
    configured: Sequence[Configured],
    terms: StaffingTerms,
    walking: WalkingProgram = "none",
    persons: frozenset[str] | None = None,
) -> Shared:
    """Group the teachers and lay out the columns of a program.

    Columns of moves and supply are the same whatever is said of walking.

    Parameters
    ----------
    walking
        How the program speaks of walking, where that rule is in force.
    persons
        With ``persons``: the blocks laid out so, the others as a flow; None takes all.

    """
    groups = group(county, asking(configured, terms))
    shared = share(county, groups, bound(configured), terms)
    return with_walking_columns(shared, configured, terms, walking, persons)


def with_walking_columns(
    shared: Shared,
    configured: Sequence[Configured],
    terms: StaffingTerms,
    walking: WalkingProgram,
    persons: frozenset[str] | None = None,
) -> Shared:
    """The same columns of moves and supply, with those of walking as asked for."""
    county, rule = shared.county, walking_rule(configured)
    if rule is None or walking == "none":
        return replace(shared, walking=None)
    x = Variables(shared, rule.name)
    sources = ways(
        county,
        rule,
        terms.coverage,
        classes_of(shared, rule),
        lambda place, subject: x.supply([place], where=lambda o: o.subject == subject),
    )
    first = shared.supply.first + shared.supply.offer.size
    by_persons = persons if walking == "persons" else frozenset()
    return replace(shared, walking=lay_walking(rule, sources, first, by_persons))


def bound(configured: Sequence[Configured]) -> list[Configured]:
    """The rules that the program keeps or pays for."""
    return [c for c in configured if c.firmness in ("must", "should")]


@dataclass(frozen=True)
class Earlier:
    """What was said over the same columns: an allocation, by rule and by goal."""

    allocation: Allocation
    rows: Mapping[StaffingRule, tuple[Row, ...]]
    costs: Mapping[StaffingGoal, Cost]


def state(
    county: County,
    configured: Sequence[Configured],
    order: Sequence[str],
    terms: StaffingTerms,
    shared: Shared,
    *,
    earlier: Earlier | None = None,
) -> Allocation:
    """State rules and goals over columns laid out for them.

    Parameters
    ----------
    earlier
        What was said already over the same columns; nobody is asked it again.

    """
    known = earlier.allocation if earlier is not None else None
    said = earlier.rows if earlier is not None else {}
    paid = earlier.costs if earlier is not None else {}
    return Allocation(
        part="staffing",
        spare=SPARE,
        names=known.names if known else _names(shared),
        upper=known.upper if known else _upper(shared),
        structure=known.structure if known else _structure(shared),
        rules=tuple(
            RuleRows(c, said[c.rule] if c.rule in said else _rows(c.rule, county, shared))
            for c in bound(configured)
            if isinstance(c.rule, StaffingRule)
        ),
        costs=tuple(
            paid[goal] if goal in paid else goal.cost(county, Variables(shared, goal.name))
            for goal in goals(configured, terms)
        ),
        tiers=ordered_tiers(order),
        decode=lambda levels: decode(shared, terms, levels),
        values=_valuer(county, configured, order, terms),
        whole=known.whole if known else _entire(shared),
        cuts=known.cuts if known else _cuts(shared),
        blocks=known.blocks if known else _blocks(shared),
    )


def _rows(rule: StaffingRule, county: County, shared: Shared) -> tuple[Row, ...]:
    """The rows of a rule, sorted, so that the order of any list in the input changes no plan."""
    rows = rule.rows(county, Variables(shared, rule.name))
    return tuple(sorted(rows, key=lambda row: row.where))


def asking(configured: Sequence[Configured], terms: StaffingTerms) -> list[Asks]:
    """Everything that tells teachers apart: the structure, binding rules, and goals."""
    rules = [
        c.rule
        for c in configured
        if c.firmness in ("must", "should") and isinstance(c.rule, StaffingRule)
    ]
    return [Structure(), *rules, *goals(configured, terms)]


def _valuer(
    county: County, configured: Sequence[Configured], order: Sequence[str], terms: StaffingTerms
) -> Callable[[Plan], Mapping[str, float]]:
    def values(plan: Plan) -> Mapping[str, float]:
        return tier_values(county, configured, order, terms, plan)

    return values


def _names(shared: Shared) -> tuple[str, ...]:
    places = list(shared.county.places)
    columns, supply = shared.columns, shared.supply
    moves = (
        f"{MOVE_KINDS[k]}[{shared.groups.members[g][0].id},{places[s]}]"
        for g, s, k in zip(columns.group, columns.place, columns.kind, strict=True)
    )
    people = (
        f"supply[{supply.offers[n].id},{places[s]}]"
        for n, s in zip(supply.offer, supply.place, strict=True)
    )
    walking = shared.walking.names if shared.walking is not None else ()
    return (*moves, *people, *walking)


def _entire(shared: Shared) -> npt.NDArray[np.bool_] | None:
    """Periods of a flow may be cut in any pieces; people and what they teach are whole."""
    if shared.walking is None or (not shared.walking.walks and not shared.walking.flows):
        return None
    walking = shared.walking
    whole = np.ones(walking.first + len(walking.names), dtype=np.bool_)
    for columns in (walking.walks, walking.flows, walking.own):
        whole[list(columns.values())] = False
    return whole


def _cuts(shared: Shared) -> CutSets | None:
    """Where periods flow: the rows of cut sets, sought when a point is there."""
    walking = shared.walking
    if walking is None or walking.patterns or walking.walkers or walking.seconds:
        return None
    if not (walking.walks or walking.flows):
        return None
    return CutSets(Indexed(walking, _upper(shared)))


def _blocks(shared: Shared) -> tuple[str, ...]:
    """The block of each column; teachers of one group teach one subject, as coverage asks."""
    groups, offers = shared.groups, shared.supply.offers
    of_group = [
        block_of(home.stage, members[0].subject)
        for home, members in zip(groups.homes, groups.members, strict=True)
    ]
    of_offer = [block_of(offer.stage, offer.subject) for offer in offers]
    return (
        *(of_group[g] for g in shared.columns.group),
        *(of_offer[n] for n in shared.supply.offer),
        *(shared.walking.blocks if shared.walking is not None else ()),
    )


def _upper(shared: Shared) -> Floats:
    """No more than the group has, no more than the offer has."""
    counts = np.array([offer.count for offer in shared.supply.offers], dtype=np.float64)
    people = counts[shared.supply.offer] if counts.size else np.zeros(0)
    walking = shared.walking.upper if shared.walking is not None else np.zeros(0)
    moved = shared.sizes[shared.columns.group].astype(np.float64)
    return np.concatenate([moved, people, walking])


def _structure(shared: Shared) -> tuple[Row, ...]:
    walking = shared.walking.rows if shared.walking is not None else ()
    return (*_one_place(shared), *_offered(shared), *walking)


def _one_place(shared: Shared) -> tuple[Row, ...]:
    """No more people leave a group than it has; one column's bound says that by itself."""
    rows = []
    for g, columns in enumerate(lists(shared.columns.group, shared.sizes.size)):
        if columns.size > 1:
            expression = Linear(columns, np.ones(columns.size))
            rows.append(
                Row(shared.groups.members[g][0].id, expression, "<=", float(shared.sizes[g]))
            )
    return tuple(rows)


def _offered(shared: Shared) -> tuple[Row, ...]:
    """No more people of an offer are placed than there are."""
    supply = shared.supply
    rows = []
    for n, columns in enumerate(lists(supply.offer, len(supply.offers))):
        if columns.size > 1:
            expression = Linear(columns + supply.first, np.ones(columns.size))
            offer = supply.offers[n]
            rows.append(Row(offer.id, expression, "<=", float(offer.count)))
    return tuple(rows)
