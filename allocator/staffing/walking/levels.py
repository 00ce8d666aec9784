"""From a plan back to columns: at which levels of the columns of walking it stands."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from allocator.county.plan import Teaching
from allocator.modelling import Floats
from allocator.staffing.placement import Placement
from allocator.staffing.walking.able import Able
from allocator.staffing.walking.columns import Cell, Pattern, Walker, WalkingColumns


def levels_of(columns: WalkingColumns, plan: Placement, size: int) -> Floats:
    """The levels of the columns of walking at which a plan stands, other columns at zero.

    Parameters
    ----------
    plan
        A plan whose visits the rule allows.
    size
        Columns of the whole program.

    """
    standing = _Standing(columns, np.zeros(size))
    able = columns.rule.traits(plan.county)["able"]
    for person, entries in plan.beside.items():
        kind, home = able(plan.county.teacher[person]), plan.serving[person].id
        if isinstance(kind, tuple):
            visits = sorted((e for e in entries if e.section != home), key=lambda e: e.section)
            standing.visits(home, Able(*kind), visits)
            for entry in entries:
                if entry.section == home:
                    standing.second(home, Able(*kind), entry)
    standing.own(plan)
    return standing.levels


class _Standing:
    """The levels as they are found, person by person."""

    def __init__(self, columns: WalkingColumns, levels: Floats) -> None:
        self.columns = columns
        self.levels = levels
        self.into: dict[Cell, int] = defaultdict(int)
        self.patterns: dict[tuple[str, Able, tuple[str, ...]], Pattern] = {
            (p.section, p.able, p.visited): p for p in columns.patterns
        }
        self.slots: dict[tuple[str, Able], list[Walker]] = defaultdict(list)
        for walker in reversed(columns.walkers):
            self.slots[walker.section, walker.able].append(walker)
        self.seconds = {(c.section, c.able, c.subject): c.column for c in columns.seconds}

    def visits(self, home: str, able: Able, visits: list[Teaching]) -> None:
        """Somebody walks: as one of a pattern, as the next person with columns, or as a flow."""
        visited = tuple(visit.section for visit in visits)
        pattern, slots = self.patterns.get((home, able, visited)), self.slots[home, able]
        if pattern is not None:
            self.levels[pattern.people] += 1
            self.give(visits, dict(zip(visited, pattern.periods, strict=True)))
        elif visits and slots:
            slot = slots.pop()
            if slot.there is not None:
                self.levels[slot.there] = 1
            for section, column in zip(slot.visited, slot.visits, strict=True):
                self.levels[column] = section in visited
            self.give(visits, dict(zip(slot.visited, slot.periods, strict=True)))
        else:
            walks = self.columns.walks
            flows = {q: walks[home, q, able.subject] for q in visited}
            self.give(visits, flows)

    def second(self, home: str, able: Able, entry: Teaching) -> None:
        """Somebody gives a second subject."""
        column = self.seconds.get((home, able, entry.subject))
        if column is None:
            column = self.columns.flows[home, able.subject, entry.subject]
        self.give([entry], {entry.section: column})

    def give(self, entries: list[Teaching], at: dict[str, int]) -> None:
        """Periods are given at sections, each with its column."""
        for entry in entries:
            self.levels[at[entry.section]] += entry.periods
            self.into[entry.section, entry.subject] += entry.periods

    def own(self, plan: Placement) -> None:
        """Own people and supply give the rest, no more than is needed."""
        for (section, subject), column in self.columns.own.items():
            load = plan.county.subject[subject].load(plan.county.places[section].stage)
            hired = sum(s.count for s in plan.supplied.get((section, subject), ()))
            beside = self.into[section, subject]
            given = plan.taught.get((section, subject), 0) - beside + load * hired
            most = self.columns.covered[section, subject].most - beside
            self.levels[column] = min(given, most)
