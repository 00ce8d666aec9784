"""Pupils who apply to senior highs: numbers and scores, never names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from allocator.county.county import County
from allocator.county.frozen import Exact, Frozen, Identifier, Problem, Whole


class Pupil(Frozen):
    """A pupil (考生) in the admission of senior highs, known by a number alone."""

    number: Identifier
    """Number of the examination (考生号), never an identity number."""
    junior_high: Identifier
    registered: bool
    """Whether with three years' registration at the school (三年学籍)."""
    score: Annotated[Exact, Field(ge=0)]
    """Total score of the examination."""
    further: tuple[Exact, ...] = ()
    """Scores that decide among equal totals, the first first (同分比较)."""
    lot: Whole | None = None
    """Number drawn among pupils equal in all scores; the lowest goes first."""
    quota_wishes: tuple[Identifier, ...] = ()
    """Senior highs wanted with a quota place, the most wanted first (分配志愿)."""
    unified_wishes: tuple[Identifier, ...] = ()
    """Senior highs wanted in unified admission, the most wanted first (统招志愿)."""


Merit = tuple[Decimal, tuple[Decimal, ...], bool, int]
"""What decides between two pupils, less being better; equal merits are a tie."""


def merit(pupil: Pupil) -> Merit:
    """Total score, further scores in turn, the lot; whoever drew none comes last."""
    further = tuple(-score for score in pupil.further)
    return -pupil.score, further, pupil.lot is None, pupil.lot or 0


def in_order(pupils: Iterable[Pupil]) -> list[Pupil]:
    """Pupils by merit; equals go by number, which is provisional: a number is no reason."""
    return sorted(pupils, key=lambda p: (merit(p), p.number))


def pupil_problems(county: County, pupils: Sequence[Pupil]) -> Iterator[Problem]:
    """Everything in a list of pupils that contradicts itself or the county."""
    juniors = {s.id for s in county.junior_highs}
    highs = {h.id for h in county.senior_highs}
    usual = Counter(len(p.further) for p in pupils).most_common(1)
    first: dict[str, int] = {}
    for n, pupil in enumerate(pupils):
        path = f"pupils[{n}]"
        if pupil.number in first:
            text = "{id} is used twice, first at {first}: give each its own code"
            details = {"id": pupil.number, "first": f"pupils[{first[pupil.number]}]"}
            yield Problem(f"{path}.number", text, details)
        first.setdefault(pupil.number, n)
        if pupil.junior_high not in juniors:
            text = "{school} is no junior high of this county"
            yield Problem(f"{path}.junior_high", text, {"school": pupil.junior_high})
        if len(pupil.further) != usual[0][0]:
            text = "{given} scores for ties, others have {usual}: enter them all"
            numbers = {"given": len(pupil.further), "usual": usual[0][0]}
            yield Problem(f"{path}.further", text, numbers)
        for name in ("quota_wishes", "unified_wishes"):
            wishes: tuple[str, ...] = getattr(pupil, name)
            for k, high in enumerate(wishes):
                if high not in highs:
                    text = "{high} is no senior high of this county: correct it"
                    yield Problem(f"{path}.{name}[{k}]", text, {"high": high})
                elif high in wishes[:k]:
                    text = "{high} is wished for twice: keep it once"
                    yield Problem(f"{path}.{name}[{k}]", text, {"high": high})
