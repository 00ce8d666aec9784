"""Tables of a staffing plan as the pages show them, and of a county that has no plan yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import pandas as pd

from allocator import insight
from allocator.insight.changes import changes
from allocator.insight.move_reasons import move_reasons
from allocator.insight.staffing_tables import famous_rule
from allocator.insight.swap_cycles import swap_cycles
from allocator.insight.tables import training
from allocator.insight.view import BeforeAfter, counted_by
from allocator.insight.walking_sources import sources
from allocator.insight.walking_tables import walking
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.decode import today


class Looked(Protocol):
    """A scenario with a staffing plan looked up beside the county as it is."""

    @property
    def scenario(self) -> Scenario:
        """The scenario."""

    @property
    def seen(self) -> BeforeAfter:
        """The plan beside the county as it is."""

    def table(self, name: str, lang: Language) -> pd.DataFrame:
        """A table by its name, the same frame at every call."""


@dataclass(frozen=True)
class Measured:
    """The county as it is: nobody is moved, nothing was solved."""

    scenario: Scenario
    _made: dict[tuple[str, Language], pd.DataFrame] = field(default_factory=dict)

    @cached_property
    def seen(self) -> BeforeAfter:
        """Today on both sides."""
        now = today(self.scenario.county, counted_by(self.scenario))
        return insight.before_after(self.scenario, now)

    def table(self, name: str, lang: Language) -> pd.DataFrame:
        """A table by its name, the same frame at every call."""
        key = (name, lang)
        if key not in self._made:
            self._made[key] = STAFFING_VIEWS[name](self, lang)
        return self._made[key]


def _moves(found: Looked, lang: Language) -> pd.DataFrame:
    """The exchange list with the reasons of each move."""
    listed = insight.exchange_list(found.scenario, found.seen, lang)
    return listed.merge(move_reasons(found.scenario, found.seen, lang), on="teacher", how="left")


def _famous_movers(found: Looked, lang: Language) -> pd.DataFrame:
    """The moves of those who count as famous teachers, those to rural junior highs first."""
    rule = famous_rule(found.scenario)
    county = found.scenario.county
    moves = found.table("moves", lang)
    counts = [rule.famous(county.teacher[t]) for t in moves["teacher"]]
    rural = {p.id for _, places, _ in rule.schools(county) for p in places}
    chosen = moves[pd.Series(counts, index=moves.index, dtype=bool)]
    return chosen.assign(
        to_rural=[section in rural for section in chosen["to_section"]],
        from_rural=[section in rural for section in chosen["from_section"]],
    ).sort_values(["to_rural", "to_section", "teacher"], ascending=[False, True, True])


STAFFING_VIEWS: Mapping[str, Callable[[Looked, Language], pd.DataFrame]] = {
    "coverage": lambda f, lang: insight.coverage(f.scenario, f.seen, lang),
    "famous": lambda f, _: insight.famous(f.scenario, f.seen),
    "indicators": lambda f, lang: insight.indicators(f.scenario, f.seen, lang),
    "school_indicators": lambda f, _: insight.school_indicators(f.scenario, f.seen),
    "moves": _moves,
    "famous_moves": _famous_movers,
    "townships": lambda f, _: insight.moves_by_township(f.scenario, f.seen),
    "cycles": lambda f, lang: swap_cycles(f.scenario, f.seen, lang),
    "changes": lambda f, lang: changes(f.scenario, f.seen, lang),
    "heads": lambda f, lang: insight.head_proposals(f.scenario, f.seen, lang),
    "ties": lambda f, lang: insight.ties(f.scenario, f.seen, lang),
    "training": lambda f, lang: training(f.scenario, f.seen, lang),
    "walking": lambda f, lang: walking(f.scenario, f.seen, lang),
    "sources": lambda f, lang: sources(f.scenario, f.seen, lang),
    "plan_indicators": lambda f, lang: insight.plan_indicators(f.scenario, f.seen, lang),
}
"""By name."""
