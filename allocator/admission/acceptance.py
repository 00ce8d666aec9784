"""The sequence of admission, pupil by pupil: quota places first, then unified admission.

Stage 1: each pair of senior high and claimant is a school of its own, open to pupils of the
claimant's junior highs with three years' registration whose score reaches the floor. Stage 2: what
was not filled returns to unified admission of the same senior high, and whoever has no place yet
applies there. Both stages are deferred acceptance by the pupils' wishes. Places of self-recruitment
and specialty are taken as filled outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from allocator.admission.channels import Channels, channels
from allocator.admission.claimants import admits, claimants
from allocator.admission.entitlement import Cell
from allocator.admission.pupils import Pupil, in_order, pupil_problems
from allocator.admission.stage import Stage, hold, lowest_scores, tied
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem


@dataclass(frozen=True)
class Tie:
    """Pupils equal in scores and lot at a cut: some got a place, some not, by number alone."""

    senior_high: str
    claimant: str | None
    """For whose quota place; None in unified admission."""
    admitted: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class Simulation:
    """What came of the sequence, beside unified admission alone (no quota places)."""

    pupils: Mapping[str, Pupil]
    """By number, in order of merit."""
    channels: Mapping[str, Channels]
    """Senior high -> places as planned."""
    floors: Mapping[str, Decimal]
    """Least score for a quota place, where there is one."""
    quota: Stage[Cell]
    unified: Stage[str]
    alone: Stage[str]
    """All places of both channels in unified admission."""

    @property
    def stable(self) -> bool:
        """Whether both stages are, each by itself."""
        return self.quota.stable and self.unified.stable

    @property
    def blocking(self) -> tuple[tuple[str, str], ...]:
        """Pupils and senior highs that would rather have each other within a stage: none."""
        quota = ((pupil, high) for pupil, (high, _) in self.quota.blocking)
        return tuple(sorted((*quota, *self.unified.blocking)))

    @cached_property
    def admitted(self) -> dict[str, tuple[str, str | None]]:
        """Pupil -> senior high, and the claimant whose quota place it is (None: unified)."""
        quota = {p: (high, claimant) for p, (high, claimant) in self.quota.admitted.items()}
        return dict(
            sorted((quota | {p: (h, None) for p, h in self.unified.admitted.items()}).items())
        )

    @cached_property
    def filled(self) -> dict[Cell, int]:
        """Quota places taken up, by pair."""
        return {cell: len(pupils) for cell, pupils in self.quota.within.items()}

    @property
    def unfilled(self) -> dict[Cell, int]:
        """Quota places nobody took up, by pair."""
        return {cell: n - self.filled[cell] for cell, n in self.quota.places.items()}

    @property
    def returned(self) -> dict[str, int]:
        """Senior high -> quota places that returned to its unified admission."""
        return _by_high(self.channels, self.unfilled)

    @property
    def quota_cut_offs(self) -> dict[str, Decimal]:
        """Senior high -> lowest score with a quota place."""
        found: dict[str, Decimal] = {}
        for (high, _), score in self.lowest.items():
            found[high] = min(found.get(high, score), score)
        return found

    @property
    def unified_cut_offs(self) -> dict[str, Decimal]:
        """Senior high -> lowest score in unified admission."""
        return lowest_scores(self.pupils, self.unified)

    @property
    def lines(self) -> dict[str, Decimal]:
        """Senior high -> lowest score in unified admission alone."""
        return lowest_scores(self.pupils, self.alone)

    @property
    def lowest(self) -> dict[Cell, Decimal]:
        """Pair -> lowest score with a quota place."""
        return lowest_scores(self.pupils, self.quota)

    @cached_property
    def gained(self) -> tuple[str, ...]:
        """Pupils with a quota place whom unified admission alone had not let into that school."""
        position = {number: n for n, number in enumerate(self.pupils)}
        last = {
            high: position[within[-1]] if within else -1
            for high, within in self.alone.within.items()
            if self.alone.full(high)
        }
        return tuple(
            sorted(
                pupil
                for pupil, (high, _) in self.quota.admitted.items()
                if high in last and position[pupil] > last[high]
            )
        )

    @cached_property
    def ties(self) -> tuple[Tie, ...]:
        """Cuts that only the number of a pupil decided: a lot should be drawn.

        Whoever is refused a quota place and gets the same senior high after all is left out.
        """
        found = [
            *(Tie(high, id, *cut) for (high, id), cut in tied(self.pupils, self.quota)),
            *(Tie(high, None, *cut) for high, cut in tied(self.pupils, self.unified)),
        ]
        lost = (
            replace(t, refused=tuple(p for p in t.refused if self.high_of(p) != t.senior_high))
            for t in found
        )
        return tuple(t for t in lost if t.refused)

    def high_of(self, pupil: str) -> str | None:
        """The senior high a pupil is admitted to, by either channel."""
        return self.admitted[pupil][0] if pupil in self.admitted else None


def simulate(
    county: County,
    terms: AdmissionTerms,
    places: Mapping[Cell, int],
    pupils: Sequence[Pupil],
) -> Simulation:
    """Admit pupils by quota, then by unified admission.

    Parameters
    ----------
    places
        Quota places of each senior high for each junior high or pool.
    pupils
        Everyone who applies.

    Raises
    ------
    DataError
        If pupils contradict each other or the county, or a senior high's quota places do not fit
        into its plan.
    """
    quotas = {cell: n for cell, n in sorted(places.items()) if n}
    planned = planned_channels(county, quotas)
    if problems := tuple(pupil_problems(county, pupils)):
        raise DataError(problems)
    listed = {p.number: p for p in in_order(pupils)}
    open_to = {
        (high.id, school.id)
        for high in county.senior_highs
        for school in county.junior_highs
        if admits(county, high, school)
    }
    together = {h: c.quota + c.unified for h, c in planned.items()}
    alone = hold(_unified_wishes(listed.values(), open_to), together)
    floors = _floors(county, terms, listed, alone)
    home = {s.id: c.id for c in claimants(county, terms).values() for s in c.schools}
    eligible = (p for p in listed.values() if p.registered or terms.base == "graduates")
    wanted: dict[str, tuple[Cell, ...]] = {
        p.number: tuple(
            (high, home[p.junior_high])
            for high in p.quota_wishes
            if (high, home[p.junior_high]) in quotas
            and (high, p.junior_high) in open_to
            and (high not in floors or p.score >= floors[high])
        )
        for p in eligible
    }
    quota = hold(wanted, quotas)
    left = {cell: n - len(quota.within[cell]) for cell, n in quotas.items()}
    returned = _by_high(planned, left)
    rest = (p for p in listed.values() if p.number not in quota.admitted)
    unified = hold(
        _unified_wishes(rest, open_to), {h: c.unified + returned[h] for h, c in planned.items()}
    )
    return Simulation(listed, planned, floors, quota, unified, alone)


def planned_channels(county: County, quotas: Mapping[Cell, int]) -> dict[str, Channels]:
    """Places of every senior high by channel; unified admission takes what a plan leaves it.

    Raises
    ------
    DataError
        If the channels of a senior high need more places than it has.
    """
    given = _by_high((h.id for h in county.senior_highs), quotas)
    found = {
        id: replace(c, unified=c.places - c.quota - c.self_recruitment - c.specialty)
        for id, c in channels(county, given).items()
    }
    text = "senior high {high} has {places} places, its channels need {needed}: correct one"
    problems = tuple(
        Problem("senior_highs", text, {"high": id, "places": c.places, "needed": needed})
        for id, c in found.items()
        if (needed := c.places - c.unified) > c.places
    )
    if problems:
        raise DataError(problems)
    return found


def _by_high(highs: Iterable[str], cells: Mapping[Cell, int]) -> dict[str, int]:
    found = dict.fromkeys(highs, 0)
    for (high, _), number in cells.items():
        found[high] += number
    return found


def _unified_wishes(
    pupils: Iterable[Pupil], open_to: set[tuple[str, str]]
) -> dict[str, tuple[str, ...]]:
    return {
        p.number: tuple(h for h in p.unified_wishes if (h, p.junior_high) in open_to)
        for p in pupils
    }


def _floors(
    county: County, terms: AdmissionTerms, pupils: Mapping[str, Pupil], alone: Stage[str]
) -> dict[str, Decimal]:
    """The higher of the floor stated and the one below the line, where the school fills up."""
    below = terms.sequence.points_below
    lines = lowest_scores(pupils, alone)
    found: dict[str, Decimal] = {}
    for high in county.senior_highs:
        bounds = [Decimal(str(high.score_floor))] if high.score_floor is not None else []
        if below is not None and high.id in lines and alone.full(high.id):
            bounds.append(max(Decimal(0), lines[high.id] - below))
        if bounds:
            found[high.id] = max(bounds)
    return found
