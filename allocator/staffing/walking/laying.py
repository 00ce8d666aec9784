"""Laying out the columns and rows of walking, as a flow of periods or person by person.

Sets
    p, q sections, s subjects; k classes of people of a section alike in subject, load L_k, second
    subjects and whether they walk; c_k how many of a class serve at p, linear in the moves (a
    number once the moves are made); D[p, s] periods needed.
Flow
    own[p, s] + sum_q a walk[p, q, s] + sum second[p, s, s'] <= sum_k L_k c_k + L supply, with
    a = 1 + travel / m and m the most periods a visit can have. It bounds from below what can be
    left uncovered, as people give their periods in any pieces.
Persons
    people[k, V] of a class visit exactly the sections V and give periods[k, V, q] there:
    block people <= periods[k, V, q], sum_q periods <= (L_k - travel |V|) people, sum_V people
    <= c_k. This is exact: periods over people split into whole numbers that differ by one at most,
    in each section and in the sum of each person (controlled rounding). Where few are alike and
    many sections are near, each has columns of their own instead, which are fewer: visit[i, q] in
    {0, 1}, sum_q visit[i, q] <= schools, block visit <= periods[i, q].
Whole people
    With r = D - L (ceil(D / L) - 1): own <= D - r ceil(D / L) + sum_k min(r, L_k) c_k + r supply,
    the mixed-integer rounding of sum_k L_k c_k + L supply + (D - own) >= D divided by L. A
    fraction of a person no longer covers a fraction of what is needed.

References
----------
Nemhauser and Wolsey, Integer and combinatorial optimization, 1988, II.1.7 (mixed-integer
rounding). Cox, Controlled rounding, 1987.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from math import comb

import numpy as np

from allocator.modelling import Count, Linear, Row
from allocator.staffing.rules.walking import Walking
from allocator.staffing.walking.columns import (
    Cell,
    Pattern,
    SecondColumn,
    Walker,
    WalkingColumns,
)
from allocator.staffing.walking.ways import Alike, Source, can_walk


def lay_walking(
    rule: Walking, sources: Sequence[Source], first: int, persons: frozenset[str] | None
) -> WalkingColumns:
    """Lay out the columns of walking.

    Parameters
    ----------
    first
        Number of the first column.
    persons
        Blocks laid out person by person, the others as a flow; None lays out all so.

    """
    laying = _Laying(rule, {s.cell: s.needed for s in sources}, first)
    for source in sources:
        laying.own_people(source)
        if persons is None or source.block in persons:
            laying.by_persons(source)
        else:
            laying.as_flow(source)
    laying.close()
    return WalkingColumns(
        rule=rule,
        sources=tuple(sources),
        first=first,
        names=tuple(laying.names),
        upper=np.array(laying.upper, dtype=np.float64),
        blocks=tuple(laying.blocks),
        rows=tuple(sorted(laying.rows, key=lambda row: row.where)),
        covered={
            cell: Count(_sum(columns), 0, laying.needed[cell])
            for cell, columns in sorted(laying.into.items())
        },
        own=laying.own,
        patterns=tuple(laying.patterns),
        walkers=tuple(laying.walkers),
        seconds=tuple(laying.seconds),
        walks=laying.walks,
        flows=laying.flows,
    )


def _sum(columns: Sequence[int], factor: float = 1.0) -> Linear:
    """Columns, ascending, each with the same factor."""
    return Linear(np.array(columns, dtype=np.int64), np.full(len(columns), factor))


def _people(classes: Sequence[Alike], periods: Sequence[float]) -> Linear:
    return Linear.total(c.count.expression * n for c, n in zip(classes, periods, strict=True))


@dataclass
class _Laying:
    """Columns and rows as they are added."""

    rule: Walking
    needed: dict[Cell, int]
    first: int
    names: list[str] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    blocks: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    into: dict[Cell, list[int]] = field(default_factory=lambda: defaultdict(list))
    own: dict[Cell, int] = field(default_factory=dict)
    patterns: list[Pattern] = field(default_factory=list)
    walkers: list[Walker] = field(default_factory=list)
    seconds: list[SecondColumn] = field(default_factory=list)
    walks: dict[tuple[str, str, str], int] = field(default_factory=dict)
    flows: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def column(self, name: str, upper: float, block: str) -> int:
        """Add a column; return its number."""
        self.names.append(name)
        self.upper.append(float(upper))
        self.blocks.append(block)
        return self.first + len(self.names) - 1

    def periods(self, name: str, cell: Cell, most: int, block: str) -> int:
        """Add a column of periods given in a section and subject."""
        column = self.column(name, min(most, self.needed[cell]), block)
        self.into[cell].append(column)
        return column

    def row(self, kind: str, where: str, expression: Linear, limit: float = 0.0) -> None:
        """Add ``expression <= limit``."""
        self.rows.append(Row(f"walking.{kind}.{where}", expression, "<=", limit))

    def own_people(self, source: Source) -> None:
        """Periods of own people, and what whole people can cover of them."""
        if not source.needed:
            return
        name, cell = f"{source.place.id},{source.subject}", source.cell
        most = source.needed
        column = self.periods(f"own[{name}]", cell, most, source.block)
        self.own[cell] = column
        people = -(-most // source.load)
        rest = most - source.load * (people - 1)
        if rest < source.load:
            full = _people(source.classes, [min(rest, c.gives) for c in source.classes])
            full = full + source.supply.expression * rest
            self.row("whole", name, _sum([column]) - full, float(most - rest * people))

    def spent(self, source: Source, used: Linear) -> None:
        """Own periods and all others are no more than the people of the source give."""
        own = [self.own[source.cell]] if source.needed else []
        given = _people(source.classes, [c.gives for c in source.classes])
        given = given + source.supply.expression * source.load
        where = f"{source.place.id},{source.subject}"
        self.row("given", where, _sum(own) + used - given)

    def as_flow(self, source: Source) -> None:
        """Periods flow to sections in reach and to second subjects, in any pieces."""
        rule, p, s = self.rule, source.place.id, source.subject
        walkers = [c for c in source.classes if can_walk(rule, c)]
        longest = max((c.gives - rule.travel for c in walkers), default=0)
        most = sum(c.gives * c.count.most for c in walkers)
        columns, taken, visits = [], [], []
        for q in source.reach:
            visit = min(longest, self.needed[q.id, s])
            column = self.periods(f"walk[{p},{q.id},{s}]", (q.id, s), most, source.block)
            self.walks[p, q.id, s] = column
            columns.append(column)
            taken.append(1 + rule.travel / visit)
            visits.append(1 / visit)
        walked = Linear(np.array(columns, dtype=np.int64), np.array(taken))
        if columns:
            given = _people(walkers, [c.gives for c in walkers])
            self.row("walkers", f"{p},{s}", walked - given)
            trips = Linear(np.array(columns, dtype=np.int64), np.array(visits))
            people = _people(walkers, [rule.schools] * len(walkers))
            self.row("visits", f"{p},{s}", trips - people)
        others = []
        for second in source.seconds:
            able = [c for c in source.classes if second in c.able.seconds]
            most = sum(c.gives * c.count.most for c in able)
            column = self.periods(f"second[{p},{s},{second}]", (p, second), most, source.block)
            self.flows[p, s, second] = column
            others.append(column)
            given = _people(able, [c.gives for c in able])
            self.row("second", f"{p},{s},{second}", _sum([column]) - given)
        self.spent(source, walked + _sum(others))

    def by_persons(self, source: Source) -> None:
        """People of each class visit sets of sections, whole persons each."""
        used = [self._class(source, n, c) for n, c in enumerate(source.classes) if c.count.most]
        self.spent(source, Linear.total(used))

    def _class(self, source: Source, number: int, alike: Alike) -> Linear:
        """One class of people; the periods it spends on visits, ways and second subjects."""
        where = f"{source.place.id},{source.subject},{number}"
        visits, columns = self._visits(source, where, alike)
        factors = [float(self.rule.travel)] * len(visits) + [1.0] * len(columns)
        columns = [*visits, *columns]
        for second in alike.able.seconds:
            if second in source.seconds:
                cell = (source.place.id, second)
                most = alike.gives * alike.count.most
                column = self.periods(f"second[{where},{second}]", cell, most, source.block)
                found = SecondColumn(source.place.id, alike.able, second, column)
                self.seconds.append(found)
                columns.append(column)
                factors.append(1.0)
        used = Linear.of(np.array(columns, dtype=np.int64), np.array(factors, dtype=np.float64))
        if columns:
            self.row("class", where, used - alike.count.expression * alike.gives)
        return used

    def _visits(self, source: Source, where: str, alike: Alike) -> tuple[list[int], list[int]]:
        """Columns of all visits of a class, one entry a visit, and of the periods given there."""
        most = min(self.rule.schools, alike.gives // (self.rule.block + self.rule.travel))
        near = [q.id for q in source.reach]
        if not alike.able.walks or not near or not most:
            return [], []
        sizes = [(size, comb(len(near), size)) for size in range(1, most + 1)]
        if sum((1 + size) * n for size, n in sizes) > alike.count.most * (2 * len(near) + 1):
            return self._one_by_one(source, where, alike, min(most, len(near)))
        visits: list[int] = []
        columns: list[int] = []
        people: list[int] = []
        for size, _ in sizes:
            for visited in combinations(near, size):
                pattern = self._pattern(source, where, alike, visited)
                people.append(pattern.people)
                visits += [pattern.people] * size
                columns += pattern.periods
        self.row("people", where, _sum(people) - alike.count.expression)
        return visits, columns

    def _one_by_one(
        self, source: Source, where: str, alike: Alike, most: int
    ) -> tuple[list[int], list[int]]:
        """Each person of a class with columns of their own, the first ones first."""
        rule, s = self.rule, source.subject
        near = [q.id for q in source.reach]
        every: list[int] = []
        given: list[int] = []
        settled = alike.count.least == alike.count.most
        there: list[int] = []
        for i in range(alike.count.most):
            who = f"{where},{i}"
            here: list[int] = []
            if not settled:
                here = [self.column(f"there[{who}]", 1, source.block)]
                there += here
            visits: list[int] = []
            columns: list[int] = []
            for q in near:
                longest = min(alike.gives - rule.travel, self.needed[q, s])
                visits.append(self.column(f"visit[{who},{q}]", 1, source.block))
                name = f"periods[{who},{q}]"
                columns.append(self.periods(name, (q, s), longest, source.block))
                both = np.array([visits[-1], columns[-1]], dtype=np.int64)
                self.row("block", f"{who}@{q}", Linear(both, np.array([rule.block, -1.0])))
                self.row("most", f"{who}@{q}", Linear(both, np.array([-float(longest), 1.0])))
            ones = np.ones(len(near))
            mine = np.array(sorted([*visits, *columns]), dtype=np.int64)
            load = Linear(mine, np.tile([float(rule.travel), 1.0], len(near)))
            trips = Linear(np.array(visits, dtype=np.int64), ones)
            if settled:
                self.row("load", who, load, float(alike.gives))
                self.row("trips", who, trips, float(most))
            else:
                self.row("load", who, load - _sum(here, float(alike.gives)))
                self.row("trips", who, trips - _sum(here, float(most)))
            slot = here[0] if here else None
            found = (source.place.id, alike.able, tuple(near), tuple(visits), tuple(columns), slot)
            self.walkers.append(Walker(*found))
            every += visits
            given += columns
        if there:
            self.row("people", where, _sum(there) - alike.count.expression)
            for n, (first, after) in enumerate(pairwise(there)):
                self.row("turn", f"{where},{n}", _sum([after]) - _sum([first]))
        return every, given

    def _pattern(
        self, source: Source, where: str, alike: Alike, visited: tuple[str, ...]
    ) -> Pattern:
        """People who visit a set of sections: whole persons, each with a block at every one."""
        rule, s, where = self.rule, source.subject, f"{where},{'+'.join(visited)}"
        able_to_give = alike.gives - rule.travel * len(visited)
        longest = able_to_give - rule.block * (len(visited) - 1)
        most = min(alike.count.most, *(self.needed[q, s] // rule.block for q in visited))
        people = self.column(f"people[{where}]", most, source.block)
        columns = []
        for q in visited:
            visit = min(longest, self.needed[q, s])
            name = f"periods[{where}@{q}]"
            column = self.periods(name, (q, s), visit * most, source.block)
            columns.append(column)
            both = np.array([people, column], dtype=np.int64)
            self.row("block", f"{where}@{q}", Linear(both, np.array([rule.block, -1.0])))
            if len(visited) == 1 or visit < longest:
                self.row("most", f"{where}@{q}", Linear(both, np.array([-float(visit), 1.0])))
        if len(visited) > 1:
            every = np.array([people, *columns], dtype=np.int64)
            ones = np.ones(len(columns))
            self.row("load", where, Linear(every, np.array([-float(able_to_give), *ones])))
        pattern = Pattern(source.place.id, alike.able, visited, people, tuple(columns))
        self.patterns.append(pattern)
        return pattern

    def close(self) -> None:
        """No more is given anywhere than needed, which the upper bound of one column says."""
        for cell, columns in self.into.items():
            columns.sort()
            if len(columns) > 1:
                self.row("needed", ",".join(cell), _sum(columns), float(self.needed[cell]))
