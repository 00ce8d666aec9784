"""What one teacher may teach beside the own subject at the own section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from allocator.modelling import Configured
from allocator.staffing.need import CoverageBy
from allocator.staffing.rules.walking import Walking
from allocator.staffing.terms import StaffingTerms


class Able(NamedTuple):
    """What tells teachers of one section apart who teach: teachers alike form one class."""

    subject: str
    less: int
    """Weekly periods given less than the load."""
    seconds: tuple[str, ...]
    """Second subjects the rule lets the teacher give at the own section."""
    walks: bool
    """Whether the rule lets the teacher walk."""


def walking_rule(configured: Iterable[Configured]) -> Walking | None:
    """The rule on walking where it is in force."""
    return next(
        (c.rule for c in configured if isinstance(c.rule, Walking) and c.firmness == "must"), None
    )


def walking_by(configured: Iterable[Configured], terms: StaffingTerms) -> CoverageBy | None:
    """What limits the periods given where teachers may walk; None where nobody does."""
    return terms.coverage if walking_rule(configured) is not None else None
