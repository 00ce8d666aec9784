"""Further supply of the year: people who are counted, not named, and where they come from."""

from __future__ import annotations

from typing import Literal

from allocator.county.frozen import Frozen, Identifier, Whole
from allocator.county.people import DEGREES, Degree
from allocator.county.places import Stage

SupplyKind = Literal["hire", "reserve", "exam_intake", "reassignment", "private_secondment"]
"""招聘 (hires of the year), 编外储备 (off-establishment reserve), 顶岗考编 (admitted by examination
from the reserve), 转岗 (reassigned from another subject or post), 民办交流 (seconded from a private
school)."""

SUPPLY_KINDS: tuple[SupplyKind, ...] = (
    "hire",
    "reserve",
    "exam_intake",
    "reassignment",
    "private_secondment",
)
ON_POSTS: tuple[SupplyKind, ...] = ("hire", "exam_intake")
"""Kinds that take up an establishment post where they are placed. Only these count in the balance
of schools: the others are there for a term or counted elsewhere."""


class SupplyOffer(Frozen):
    """So many people of one kind for one stage and subject, to be placed this year."""

    kind: SupplyKind
    stage: Stage
    subject: Identifier
    count: Whole
    degree: Degree = "bachelor"
    """The degree asked for in the announcement; decides whether they count in indicator L1."""

    @property
    def id(self) -> str:
        """Kind, stage and subject, e.g. ``hire.junior.music``."""
        return f"{self.kind}.{self.stage}.{self.subject}"

    @property
    def on_post(self) -> bool:
        """Whether each takes up an establishment post."""
        return self.kind in ON_POSTS

    def counts_in_l1(self) -> bool:
        """Whether above the degree required at the stage: college in primary, bachelor in junior.

        The indicator counts those who hold it or a higher one.
        """
        required = "college" if self.stage == "primary" else "bachelor"
        return DEGREES.index(self.degree) >= DEGREES.index(required)
