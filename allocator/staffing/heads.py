"""Heads of schools, and who is sent somewhere by a decision made beforehand."""

from __future__ import annotations

from allocator.county.county import County
from allocator.county.people import Teacher
from allocator.county.service import Standing


def is_head(teacher: Teacher) -> bool:
    """Whether a principal or party secretary (书记、校长)."""
    return teacher.role in ("principal", "party_secretary")


def leads(teacher: Teacher) -> bool:
    """Whether a principal in post: the one a legal unit has."""
    return teacher.role == "principal" and teacher.status == "in_post"


def sent_to(county: County, teacher: Teacher) -> tuple[str, ...]:
    """Campuses to which the result of a round sends a teacher, or a pin sends a head.

    The Party committee's appointments of heads are entered as pins.
    """
    found = []
    if teacher.id in county.appointed:
        found.append(county.appointed[teacher.id].campus)
    if is_head(teacher):
        found += [p.campus for p in teacher.pins if p.kind == "goes" and p.campus is not None]
    return tuple(found)


def free_to_move(standing: Standing) -> bool:
    """Whether nothing but the office of a head stands against a move."""
    return standing.movable or standing.reason == "appointed"
