"""What a staffing rule adds: traits of one teacher, rows, readings, and what it admits."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from allocator.county.county import County, Place
from allocator.county.decisions import MoveKind
from allocator.county.people import Teacher
from allocator.county.plan import MoveGround
from allocator.county.supply import SupplyOffer
from allocator.modelling import Reading, Row, Rule

if TYPE_CHECKING:
    from allocator.staffing.groups import Who
    from allocator.staffing.placement import Placement
    from allocator.staffing.variables import Variables

Trait = Callable[[Teacher], Hashable]
"""What a rule looks at in one teacher. Teachers alike in all traits and home form one group."""


@dataclass(frozen=True)
class Sent:
    """Where a decision made beforehand sends somebody."""

    campus: str
    kind: MoveKind | None = None
    """The kind of move, where that is decided too."""
    ground: MoveGround = "exchange"


class StaffingRule(Rule):
    """A rule on where teachers serve."""

    only: ClassVar[MoveKind | None] = None
    """The kind of move a pruning rule speaks of; None for all."""
    opens: ClassVar[tuple[MoveKind, ...]] = ()
    """Kinds of move the program may propose, beside secondments, where this rule is in force."""

    of_heads: ClassVar[bool] = False
    """Whether it speaks of principals and party secretaries alone."""

    def traits(self, county: County) -> Mapping[str, Trait]:
        """What this rule looks at in one teacher; numbers and truths also serve as weights."""
        del county
        return {}

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Whether this rule lets such a teacher serve at another place."""
        del county, who, place
        return True

    def sent(self, county: County) -> Mapping[str, Sent]:
        """Whom this rule sends in every plan where it must be kept, by teacher id."""
        del county
        return {}

    def offers(self, county: County) -> tuple[SupplyOffer, ...]:
        """Further supply that may be placed where this rule is in force."""
        del county
        return ()

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """The rule for the solver; none where pruning says it all."""
        del county, x
        return iter(())

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """The rule for the auditor: facts counted from people and places."""
        raise NotImplementedError

    @classmethod
    def prunes(cls) -> bool:
        """Whether the rule works by removing placements."""
        return cls.admits is not StaffingRule.admits
