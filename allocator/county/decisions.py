"""What was agreed before anything is decided: rounds, rankings, kinship, vetoes."""

from __future__ import annotations

from typing import Literal

from allocator.county.frozen import Frozen, Identifier

MoveKind = Literal["secondment", "transfer"]
"""Kinds of move: 交流/支教 (a term, then a right of return), 随调 (the post relation moves)."""

MOVE_KINDS: tuple[MoveKind, ...] = ("secondment", "transfer")


class Appointment(Frozen):
    """One result of a round: a teacher takes a post at a campus, perhaps the own one."""

    teacher: Identifier
    campus: Identifier
    kind: MoveKind = "transfer"
    """How, where the campus belongs to another school."""


class Round(Frozen):
    """A round of the year (聘任轮次): competition inside schools, or applications across them."""

    id: Identifier
    name: str
    kind: Literal["in_school", "application"]
    appointments: tuple[Appointment, ...] = ()


class Ranking(Frozen):
    """Applicants for the posts of a subject at a campus, as the school ranks them, best first."""

    campus: Identifier
    subject: Identifier
    applicants: tuple[Identifier, ...]


class Kinship(Frozen):
    """Two teachers who are to be near each other (夫妻) or not at one school (亲属回避)."""

    kind: Literal["couple", "relatives"]
    between: tuple[Identifier, Identifier]

    @property
    def id(self) -> str:
        """Both teachers, in the order of their numbers."""
        return "+".join(sorted(self.between))


class Veto(Frozen):
    """A school's objection (学校保留意见) to losing, or to receiving, one teacher."""

    teacher: Identifier
    against: Literal["leaving", "arriving"]
    reason: str = ""
