"""A program that stays laid out while rules change: only what changed is stated again.

Grouping teachers and laying out columns takes most of the time of building. Where a changed rule
tells no teachers apart that were alike, and lets nobody go where nobody could, groups and columns
are the same, and its rows alone are new.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allocator.county.county import County
from allocator.modelling import Allocation, Configured
from allocator.staffing.columns import Shared
from allocator.staffing.goals import goals
from allocator.staffing.groups import Asks
from allocator.staffing.model import Earlier, WalkingProgram, bound, lay, state
from allocator.staffing.rule import StaffingRule
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.able import walking_rule


@dataclass(frozen=True)
class Stated:
    """A staffing program with all that it was built from."""

    county: County
    configured: tuple[Configured, ...]
    order: tuple[str, ...]
    terms: StaffingTerms
    shared: Shared
    allocation: Allocation

    @classmethod
    def of(
        cls,
        county: County,
        configured: Sequence[Configured],
        order: Sequence[str],
        terms: StaffingTerms,
        walking: WalkingProgram = "none",
        persons: frozenset[str] | None = None,
    ) -> Stated:
        """Build a program from nothing; parameters are those of :func:`build`."""
        shared = lay(county, configured, terms, walking, persons)
        allocation = state(county, configured, order, terms, shared)
        return cls(county, tuple(configured), tuple(order), terms, shared, allocation)

    def again(
        self, configured: Sequence[Configured], order: Sequence[str], terms: StaffingTerms
    ) -> Stated | None:
        """The program of other rules over the same columns; None where the columns are others."""
        if terms != self.terms or not self._same_columns(configured):
            return None
        old = self.allocation
        allocation = state(
            self.county,
            configured,
            order,
            terms,
            self.shared,
            earlier=Earlier(
                old,
                rows={
                    listed.configured.rule: listed.rows
                    for listed in old.rules
                    if isinstance(listed.configured.rule, StaffingRule)
                },
                costs=dict(zip(goals(self.configured, self.terms), old.costs, strict=True)),
            ),
        )
        return Stated(self.county, tuple(configured), tuple(order), terms, self.shared, allocation)

    def _same_columns(self, configured: Sequence[Configured]) -> bool:
        if self.shared.walking is not None and walking_rule(configured) != self.shared.walking.rule:
            return False
        before, after = _rules(self.configured), _rules(configured)
        for name in sorted(before.keys() | after.keys()):
            firmness, old = before.get(name, ("off", None))
            wanted, new = after.get(name, ("off", None))
            if old == new and (firmness == wanted or (old is not None and not old.prunes())):
                continue
            if any(rule is not None and rule.prunes() for rule in (old, new)):
                return False
            opened = [() if r is None else r.opens for r in (old, new)]
            offered = [() if r is None else r.offers(self.county) for r in (old, new)]
            if opened[0] != opened[1] or offered[0] != offered[1]:
                return False
            if new is not None and not self._known(new):
                return False
        known = goals(self.configured, self.terms)
        return all(g in known or self._known(g) for g in goals(configured, self.terms))

    def _known(self, asks: Asks) -> bool:
        """Whether the groups answer all that a rule or goal asks, as it would itself."""
        groups = self.shared.groups
        answers = dict(zip(groups.keys, groups.values, strict=True))
        for name, trait in asks.traits(self.county).items():
            given = answers.get((asks.name, name))
            if given is None:
                return False
            for value, members in zip(given, groups.members, strict=True):
                if any(trait(teacher) != value for teacher in members):
                    return False
        return True


def _rules(configured: Sequence[Configured]) -> dict[str, tuple[str, StaffingRule]]:
    return {
        c.rule.name: (c.firmness, c.rule)
        for c in bound(configured)
        if isinstance(c.rule, StaffingRule)
    }
