"""An allocation stated to CP-SAT, in whole numbers.

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
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from typing import Any

from ortools.sat.python import cp_model

from allocator.county.frozen import Problem
from allocator.modelling import Allocation, Cost, Linear, Norm, Piece, Row
from allocator.solving.highs import BeyondEngine
from allocator.solving.whole import REAL, common_scale, exact, nearest

_MOST = 2**61
"""No row or tier may reach it: CP-SAT adds in 64 bits, and needs room for differences."""
_ROW = (
    "where", "expression", "sense", "limit", "relief", "whole", "pieces", "norms", "together",
)  # fmt: skip
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
    off: Fraction = Fraction(0)
    """By how much columns that stand for real numbers may be off."""

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


@dataclass(frozen=True)
class Stated:
    """A row in whole parts of one, with its limits opened by what rounding may have moved."""

    row: Row
    name: str
    whole: Whole
    low: int
    high: int
    price: int
    """What one unit of shortfall relieves."""
    unit: Fraction
    """What a unit of shortfall is: one, or the smallest part of a real number."""
    moved: int

    @property
    def up(self) -> bool:
        """Whether it is a lower limit."""
        return self.row.sense in (">=", "==")

    @property
    def down(self) -> bool:
        """Whether it is an upper limit."""
        return self.row.sense in ("<=", "==")

    @property
    def most(self) -> int:
        """Units of shortfall that no plan exceeds."""
        below = self.low - self.whole.least if self.up else 0
        above = self.whole.most - self.high if self.down else 0
        return -(-max(below, above, 0) // self.price)


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
            self._limit([self._stated(row, "structure", None)], None)
        for listed in allocation.rules:
            rule, wished = listed.configured.rule, listed.configured.firmness == "should"
            tier = rule.tier if wished else None
            stated = [self._stated(row, rule.name, tier) for row in listed.rows]
            self._limit(stated, tier)
        for cost in allocation.costs:
            _only(cost, _COST, cost.tier)
            self._add(self.costs[cost.tier], cost.expression, cost.pieces, cost.tier)

    def scaled(self, total: Sum, scale: int, name: str) -> Whole:
        """A sum in parts of one, its tables as columns of their own."""
        constant, moved = nearest(total.constant, scale)
        moved += total.off * scale
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

    def _norm(self, total: Sum, norm: Norm, name: str) -> None:
        """A norm in whole parts of one, as many as fit; its square at least the squares' sum."""
        # A power of ten, so that what a row counts in parts of ``REAL`` is whole.
        parts = 10 ** (len(str(math.isqrt(_MOST) // 4 // math.ceil(norm.most + 1))) - 1)
        squares = Sum()
        for piece in norm.squares:
            self._piece(squares, piece, name)
        whole = self.scaled(squares, parts * parts, name)
        most = math.ceil(norm.most * parts) + 1
        _fits(most * most, name)
        root = self.model.new_int_var(0, most, "")
        square = self.model.new_int_var(0, most * most, "")
        self.model.add_multiplication_equality(square, [root, root])
        self.model.add(square >= whole.expression)
        total.terms.append(Term(root, most, Fraction(1, parts)))
        total.off += Fraction(2 + math.isqrt(math.ceil(whole.moved)), parts)

    def _stated(self, row: Row, rule: str, tier: str | None) -> Stated:
        name = f"{rule}.{row.where}"
        _only(row, _ROW, name)
        total = Sum()
        self._add(total, row.expression, row.pieces, name)
        for norm in row.norms:
            self._norm(total, norm, name)
        limit, relief = exact(row.limit), exact(row.relief)
        real = tier is not None and not row.whole
        # Whole, so that what one missing unit, or the smallest part of one, relieves is whole too.
        scale = REAL if real else common_scale([*total.numbers(), limit])
        if tier is not None:
            scale *= relief.denominator
        whole = self.scaled(total, scale, name)
        moved = math.ceil(whole.moved) + 1 if whole.moved else 0
        unit = Fraction(1, REAL) if real else Fraction(1)
        return Stated(
            row=row,
            name=name,
            whole=whole,
            low=math.floor(limit * scale) - moved,
            high=math.ceil(limit * scale) + moved,
            price=int(relief * scale * unit),
            unit=unit,
            moved=moved,
        )

    def _limit(self, rows: Sequence[Stated], tier: str | None) -> None:
        """Keep rows at their limits, but for shortfalls; rows read as one figure share theirs."""
        missing: dict[str, Any] = {}
        if tier is not None:
            together: dict[str, list[Stated]] = {}
            for stated in rows:
                together.setdefault(stated.row.key, []).append(stated)
            for key, listed in together.items():
                most = max(stated.most for stated in listed)
                missing[key] = self.model.new_int_var(0, most, "")
                self.costs[tier].terms.append(Term(missing[key], most, listed[0].unit))
                if listed[0].unit != 1:
                    self.blur[tier] += max(
                        s.unit * Fraction(2 * s.moved + s.price, s.price) for s in listed
                    )
        for s in rows:
            short: Any = 0
            if tier is not None:
                most = max(other.most for other in rows if other.row.key == s.row.key)
                reach = s.whole.most - s.whole.least + s.price * most
                _fits(reach + abs(s.low) + abs(s.high), s.name)
                short = s.price * missing[s.row.key]
            if s.up:
                self.model.add(s.whole.expression + short >= s.low)
            if s.down:
                self.model.add(s.whole.expression - short <= s.high)


def _only(part: Row | Cost, known: Sequence[str], name: str) -> None:
    for item in fields(part):
        if item.name not in known and getattr(part, item.name):
            text = "CP-SAT cannot state {what} of {name}: choose another engine"
            raise BeyondEngine(Problem("engine", text, {"what": item.name, "name": name}))


def _fits(number: int, name: str) -> None:
    if number > _MOST:
        text = "the numbers of {name} are too large for CP-SAT: choose another engine"
        raise BeyondEngine(Problem("engine", text, {"name": name}))
