"""Which moves a rate counts, and a rate of the whole county."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from allocator.county.county import County, Place
from allocator.county.decisions import MOVE_KINDS, MoveKind
from allocator.county.frozen import Share
from allocator.county.people import Teacher
from allocator.county.plan import MoveGround
from allocator.modelling import (
    ROUNDING_CHOICES,
    Linear,
    Reading,
    Rounding,
    Row,
    Text,
    fraction,
    parameter,
    required,
    share_row,
)
from allocator.staffing.base import BASE_CHOICES, RateBase, in_base
from allocator.staffing.placement import Moved, Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables

Away = Literal["running_terms", "out_of_county"]

KIND_CHOICES: tuple[tuple[MoveKind, Text], ...] = (
    ("secondment", Text("交流/支教", "secondments")),
    ("transfer", Text("随调", "transfers")),
)
GROUND_CHOICES: tuple[tuple[MoveGround, Text], ...] = (
    ("exchange", Text("交流", "exchange")),
    ("surplus", Text("超编分流", "off a surplus")),
    ("application", Text("个人申请", "on application")),
    ("opening", Text("新校组建", "to an opening school")),
)
AWAY_CHOICES: tuple[tuple[Away, Text], ...] = (
    ("running_terms", Text("任期未满的在外交流教师", "those whose earlier term still runs")),
    ("out_of_county", Text("县外支教教师", "those who support schools outside the county")),
)

COUNTED = Text("；计{kinds}，事由为{grounds}", "; counting {kinds}, {grounds}")
BESIDE = Text("；另计：{also}", "; counted beside: {also}")
"""What the sentences of such rules end with."""


class CountedMoves(StaffingRule):
    """A rule that counts moves from one school to another: of some kinds, on some grounds."""

    kinds: tuple[MoveKind, ...] = parameter(
        MOVE_KINDS, "计入的交流类型", "kinds counted", "choice", choices=KIND_CHOICES, min_length=1
    )
    grounds: tuple[MoveGround, ...] = parameter(
        tuple(ground for ground, _ in GROUND_CHOICES),
        "计入的事由",
        "grounds counted",
        "choice",
        choices=GROUND_CHOICES,
        min_length=1,
    )

    def counted(self, plan: Placement) -> list[Moved]:
        """The moves of a plan that this rule counts."""
        return [
            m for m in plan.exchanges if m.move.kind in self.kinds and m.move.ground in self.grounds
        ]

    def moved(
        self,
        x: Variables,
        weight: str | None = None,
        out_of: list[Place] | None = None,
        into: list[Place] | None = None,
    ) -> Linear:
        """The same, of the program."""
        return x.moves(weight, out_of=out_of, into=into, kinds=self.kinds, grounds=self.grounds)


def away(county: County, teacher: Teacher, counted: tuple[Away, ...]) -> bool:
    """Whether a teacher is away already, by what a rule counts beside the moves of the year."""
    if teacher.status == "out_of_county":
        return "out_of_county" in counted
    runs = teacher.running_term is not None and teacher.id not in county.returns
    return runs and "running_terms" in counted


class CountyRateFloor(CountedMoves):
    """At least a share of those in the rate base, or of some of them, moves this year.

    Rules that say of whom are its subclasses.
    """

    at_least: Share = parameter(Decimal("0.17"), "比例不低于", "at least", "share")
    base: RateBase = parameter("eligible", "基数", "rate base", "choice", choices=BASE_CHOICES)
    rounding: Rounding = parameter("down", "取整", "rounding", "choice", choices=ROUNDING_CHOICES)
    also: tuple[Away, ...] = parameter(
        (), "另外计入", "counted beside", "choice", choices=AWAY_CHOICES
    )

    @classmethod
    def member(cls, teacher: Teacher) -> bool:
        """Whether the rate speaks of this teacher."""
        del teacher
        return True

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher is one of those meant, in the rate base, away already."""
        return {
            "member": self.member,
            "base": lambda t: self.member(t) and in_base(county, t, self.base),
            "away": lambda t: self.member(t) and away(county, t, self.also),
        }

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q (moves + away) >= p base``."""
        base = float(sum(who.size for who in x.groups() if who["base"] is True))
        gone = float(sum(who.size for who in x.groups() if who["away"] is True))
        yield share_row(
            "county",
            self.moved(x, "member") + gone,
            Linear.number(base),
            fraction(self.at_least),
            up=self.rounding == "up",
        )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People exchanged against the number asked for."""
        meant = [t for t in county.teacher.values() if self.member(t)]
        base = [t for t in meant if in_base(county, t, self.base)]
        needed = required(self.at_least, len(base), up=self.rounding == "up")
        gone = [t for t in meant if away(county, t, self.also)]
        moved = len(gone) + sum(self.member(m.teacher) for m in self.counted(plan))
        yield Reading(
            "county",
            moved,
            ">=",
            needed,
            "people",
            max(0, needed - moved),
            {"base": len(base), "share": moved / len(base) if base else 0.0},
        )
