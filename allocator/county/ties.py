"""Ties: who goes of several teachers with equal points, by a decision on record."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from allocator.county.frozen import Frozen, Identifier, Month
from allocator.county.people import Teacher
from allocator.county.points import points_of

if TYPE_CHECKING:
    from allocator.county.county import County


class TieDecision(Frozen):
    """A decision among teachers with equal points (同分裁定), by a lot (抽签) or by a person."""

    order: Annotated[tuple[Identifier, ...], Field(min_length=2)]
    """Teachers, the first goes first."""
    settled_by: Literal["lot", "person"]
    name: str
    """Who drew the lot, or who decided."""
    on: Month
    note: str = ""


def in_order(county: County, teachers: Iterable[Teacher]) -> list[Teacher]:
    """Teachers in the order of going.

    Most points first; among equals those due to move; then as a tie decision says of those it
    lists; what is left goes by number, which is provisional: the number of a teacher is no reason.
    """
    ordered = sorted(teachers, key=lambda t: (*_merit(county, t), t.id))
    place = {t: n for d in county.tie_decisions for n, t in enumerate(d.order)}
    decision = {t: k for k, d in enumerate(county.tie_decisions) for t in d.order}
    found: list[Teacher] = []
    for _, equals in groupby(ordered, key=lambda t: _merit(county, t)):
        tied = list(equals)
        # Those of one decision share out among themselves the turns their numbers give them.
        turns = {
            k: iter(sorted((t for t in tied if decision.get(t.id) == k), key=lambda t: place[t.id]))
            for k in {decision[t.id] for t in tied if t.id in decision}
        }
        found += [next(turns[decision[t.id]]) if t.id in decision else t for t in tied]
    return found


def tied_at_cut(
    county: County, teachers: Iterable[Teacher], going: Collection[str]
) -> list[tuple[str, ...]]:
    """Teachers with equal points and status of whom some go and some do not, in order of going.

    Parameters
    ----------
    teachers
        Teachers alike in everything a plan looks at.
    going
        Ids of those who go.
    """
    runs = groupby(in_order(county, teachers), key=lambda t: _merit(county, t))
    tied = (tuple(t.id for t in equals) for _, equals in runs)
    return [ids for ids in tied if 0 < sum(t in going for t in ids) < len(ids)]


def deciding(county: County, tied: Iterable[str], going: Collection[str]) -> TieDecision | None:
    """The decision by which those go who go: it lists all who are tied, and those first."""
    listed = set(tied)
    for decision in county.tie_decisions:
        order = [t for t in decision.order if t in listed]
        if len(order) == len(listed):
            first = sum(t in going for t in order)
            return decision if all(t in going for t in order[:first]) else None
    return None


def unsettled(
    county: County, teachers: Iterable[Teacher], going: Collection[str]
) -> list[tuple[str, ...]]:
    """Ties at the cut that no decision settles, each in order of going."""
    cuts = tied_at_cut(county, teachers, going)
    return [tied for tied in cuts if deciding(county, tied, going) is None]


def _merit(county: County, teacher: Teacher) -> tuple[Decimal, bool]:
    """What puts one teacher before another: points, then being due."""
    return -points_of(county, teacher), county.standings[teacher.id].status != "due"
