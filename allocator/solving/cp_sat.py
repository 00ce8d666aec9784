"""The program stated to CP-SAT: a third opinion, in whole numbers, that shares no layout.

Rows, costs and convex pieces are taken from the allocation itself, never from the matrix. A piece
is a table over the whole range of its count: no units, no windows, and no use of its being convex.
So an answer that agrees with the other engines checks those as well.

CP-SAT knows whole numbers only. Every row and every tier is stated in parts of one that make all
its numbers whole. Where there is no such part (squared coefficients, logarithms), numbers are
rounded to parts of ``REAL`` and the largest sum of these roundings is reckoned along: a row is
opened by it, a bound lowered by it, and a tier is held that much above its value. A shortfall that
is no whole number of its unit is counted in the same parts. Numbers beyond 64 bits are refused.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from allocator.county.frozen import Problem
from allocator.modelling import Allocation, Cost, Linear, Piece, Row, Tier
from allocator.solving.found import Found
from allocator.solving.highs import BeyondEngine, EngineFailed
from allocator.solving.program import Program
from allocator.solving.progress import Clock, Stopped
from allocator.solving.sequence import Step, tier_after_tier
from allocator.solving.whole import REAL, common_scale, exact, nearest

_MOST = 2**61
"""No row or tier may reach it: CP-SAT adds in 64 bits, and needs room for differences."""
_ROW = ("where", "expression", "sense", "limit", "relief", "whole", "pieces")
_COST = ("tier", "expression", "pieces")
"""What is translated; anything else a row or cost may one day say is refused, never dropped."""


@dataclass(frozen=True)
class Term:
    """A column times a fraction."""

    column: Any
    most: int
    factor: Fraction


@dataclass(frozen=True)
class Table:
    """A function of a whole count: its value at each position."""

    position: Any
    values: tuple[Fraction, ...]


@dataclass
class Sum:
    """Terms, tables and a constant, added up."""

    terms: list[Term] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    constant: Fraction = Fraction(0)

    def numbers(self) -> list[Fraction]:
        """Every number in it."""
        return [
            *(t.factor for t in self.terms),
            *(v for t in self.tables for v in t.values),
            self.constant,
        ]


@dataclass(frozen=True)
class Whole:
    """A sum in whole parts of one."""

    expression: Any
    least: int
    most: int
    moved: Fraction
    """By how many parts rounding may have moved it."""


class Translation:
    """An allocation as a model of CP-SAT."""

    def __init__(self, allocation: Allocation, check: Callable[[], None]) -> None:
        self._check = check
        self.model = cp_model.CpModel()
        self.ups = [math.floor(u + 1e-9) for u in allocation.upper]
        self.columns = [self.model.new_int_var(0, up, f"x{n}") for n, up in enumerate(self.ups)]
        self.costs = {tier.name: Sum() for tier in allocation.tiers}
        self.blur = {tier.name: Fraction(0) for tier in allocation.tiers}
        """By how much shortfalls in a tier may be off, each being in rounded parts."""
        for row in allocation.structure:
            self._row(row, "structure", None)
        for listed in allocation.rules:
            rule, wished = listed.configured.rule, listed.configured.firmness == "should"
            for row in listed.rows:
                self._row(row, rule.name, rule.tier if wished else None)
        for cost in allocation.costs:
            _only(cost, _COST, cost.tier)
            self._add(self.costs[cost.tier], cost.expression, cost.pieces, cost.tier)

    def scaled(self, total: Sum, scale: int, name: str) -> Whole:
        """A sum in parts of one, its tables as columns of their own."""
        constant, moved = nearest(total.constant, scale)
        least = most = constant
        columns, factors = [], []
        for term in total.terms:
            factor, off = nearest(term.factor, scale)
            moved += off * term.most
            least, most = least + min(0, factor * term.most), most + max(0, factor * term.most)
            columns.append(term.column)
            factors.append(factor)
        for table in total.tables:
            self._check()
            rounded = [nearest(value, scale) for value in table.values]
            values = [value for value, _ in rounded]
            moved += max((off for _, off in rounded), default=Fraction(0))
            least, most = least + min(values), most + max(values)
            # Checked before each column is made: its bounds must fit 64 bits too.
            _fits(max(abs(least), abs(most)), name)
            target = self.model.new_int_var(min(values), max(values), "")
            self.model.add_element(table.position, values, target)
            columns.append(target)
            factors.append(1)
        _fits(max(abs(least), abs(most)), name)
        expression = cp_model.LinearExpr.weighted_sum(columns, factors) + constant
        return Whole(expression, least, most, moved)

    def _add(self, total: Sum, given: Linear, pieces: Sequence[Piece], name: str) -> None:
        total.constant += exact(given.constant)
        for column, factor in zip(given.columns.tolist(), given.coefficients.tolist(), strict=True):
            total.terms.append(Term(self.columns[column], self.ups[column], exact(factor)))
        for piece in pieces:
            self._piece(total, piece, name)

    def _piece(self, total: Sum, piece: Piece, name: str) -> None:
        """A piece as a table over all counts it can reach."""
        self._check()
        least, most = piece.count.least, piece.count.most
        if least == most:
            total.constant += exact(piece.function(least))
            return
        count = Sum()
        self._add(count, piece.count.expression, (), name)
        if any(n.denominator != 1 for n in count.numbers()):
            text = "CP-SAT cannot state {what} of {name}: choose another engine"
            raise BeyondEngine(Problem("engine", text, {"what": "count", "name": name}))
        position = self.model.new_int_var(0, most - least, "")
        self.model.add(self.scaled(count, 1, name).expression == position + least)
        values = tuple(exact(piece.function(n)) for n in range(least, most + 1))
        total.tables.append(Table(position, values))

    def _row(self, row: Row, rule: str, tier: str | None) -> None:
        name = f"{rule}.{row.where}"
        _only(row, _ROW, name)
        total = Sum()
        self._add(total, row.expression, row.pieces, name)
        limit, relief = exact(row.limit), exact(row.relief)
        real = tier is not None and not row.whole
        # Whole, so that what one missing unit, or the smallest part of one, relieves is whole too.
        scale = REAL if real else common_scale([*total.numbers(), limit])
        if tier is not None:
            scale *= relief.denominator
        whole = self.scaled(total, scale, name)
        moved = math.ceil(whole.moved) + 1 if whole.moved else 0
        low, high = math.floor(limit * scale) - moved, math.ceil(limit * scale) + moved
        up, down = row.sense in (">=", "=="), row.sense in ("<=", "==")
        short: Any = 0
        if tier is not None:
            unit = Fraction(1, REAL) if real else Fraction(1)
            price = int(relief * scale * unit)
            gap = max(up and low - whole.least, down and whole.most - high, 0)
            most = -(-gap // price)
            _fits(whole.most - whole.least + price * most + abs(low) + abs(high), name)
            missing = self.model.new_int_var(0, most, "")
            short = price * missing
            self.costs[tier].terms.append(Term(missing, most, unit))
            if real:
                self.blur[tier] += unit * Fraction(2 * moved + price, price)
        if up:
            self.model.add(whole.expression + short >= low)
        if down:
            self.model.add(whole.expression - short <= high)


class CpSat:
    """CP-SAT as the sequence sees it. One worker and one seed, so that runs are alike.

    Parameters
    ----------
    check
        Called while the model is being stated; raises :class:`Stopped` when that shall end.
    """

    def __init__(self, allocation: Allocation, check: Callable[[], None]) -> None:
        self._made = Translation(allocation, check)
        self._tiers: dict[str, tuple[Whole, int]] = {}
        for name, total in self._made.costs.items():
            scale = common_scale(total.numbers())
            self._tiers[name] = self._made.scaled(total, scale, name), scale
        self._value = 0

    def minimise(self, tier: Tier, seconds: float) -> Step:
        """Minimise one tier; what it proves is reckoned in its own numbers."""
        whole, scale = self._tiers[tier.name]
        model, solver = self._made.model, cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        # Left on, this part of presolve takes a plan for optimal that is not: google/or-tools#5293.
        solver.parameters.presolve_inclusion_work_limit = 0
        if not math.isinf(seconds):
            solver.parameters.max_time_in_seconds = max(0.0, seconds)
        model.minimize(whole.expression)
        status = solver.solve(model)
        if status == cp_model.INFEASIBLE:
            return Step("infeasible", np.zeros(0))
        if status == cp_model.UNKNOWN:
            return Step("limit", np.zeros(0))
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            raise EngineFailed(f"CP-SAT ended with {solver.status_name(status)}")
        self._value = int(solver.value(whole.expression))
        levels = [solver.value(column) for column in self._made.columns]
        model.clear_hints()  # type: ignore[no-untyped-call]
        for column, level in zip(self._made.columns, levels, strict=True):
            model.add_hint(column, level)
        optimal = status == cp_model.OPTIMAL
        least = self._value if optimal else math.floor(solver.best_objective_bound)
        bound = Fraction(least, scale) - self._off(tier)
        return Step("optimal" if optimal else "limit", np.array(levels, float), float(bound))

    def hold(self, tier: Tier, value: float) -> None:
        """Keep a tier at the value it counted itself, and as far above as it may be off.

        Both ways: the plan held and a plan no worse may each be off by as much.
        """
        whole, scale = self._tiers[tier.name]
        self._made.model.add(
            whole.expression <= self._value + math.ceil(2 * self._off(tier) * scale)
        )

    def _off(self, tier: Tier) -> Fraction:
        """By how much a tier may be off: nothing where its numbers are whole in some part."""
        whole, scale = self._tiers[tier.name]
        return whole.moved / scale + self._made.blur[tier.name]


def solve_with_cp_sat(program: Program, clock: Clock) -> Found:
    """Solve every tier in turn with CP-SAT, from the allocation of a program.

    Raises
    ------
    BeyondEngine
        If a row says what CP-SAT cannot be told, or its numbers pass 64 bits.
    """
    begin = time.monotonic()
    try:
        engine = CpSat(program.allocation, clock.check)
    except Stopped as stop:
        return Found(stopped=stop.reason)
    finally:
        clock.add("build", time.monotonic() - begin)
    return tier_after_tier(program, engine, clock)


def _only(part: Row | Cost, known: Sequence[str], name: str) -> None:
    for item in fields(part):
        if item.name not in known and getattr(part, item.name):
            text = "CP-SAT cannot state {what} of {name}: choose another engine"
            raise BeyondEngine(Problem("engine", text, {"what": item.name, "name": name}))


def _fits(number: int, name: str) -> None:
    if number > _MOST:
        text = "the numbers of {name} are too large for CP-SAT: choose another engine"
        raise BeyondEngine(Problem("engine", text, {"name": name}))
