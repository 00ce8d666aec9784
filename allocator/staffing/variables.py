"""The variables as rules and goals see them: people who move, people who serve, minutes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.county.county import Place
from allocator.county.decisions import MOVE_KINDS, MoveKind
from allocator.county.plan import MOVE_GROUNDS, MoveGround
from allocator.county.supply import SupplyOffer
from allocator.modelling import Count, Floats, Ints, Linear
from allocator.staffing.columns import Shared
from allocator.staffing.groups import Who

_NONE = np.zeros(0, dtype=np.int64)
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Variables:
    """The variables as one rule or goal sees them: it can name only its own traits."""

    shared: Shared
    asking: str

    def groups(self) -> list[Who]:
        """Every group of teachers alike."""
        return self.shared.groups.seen_by(self.asking)

    def moves(
        self,
        weight: str | None = None,
        *,
        out_of: Iterable[Place] | None = None,
        into: Iterable[Place] | None = None,
        of: Who | None = None,
        refused: bool = False,
        kinds: Iterable[MoveKind] | None = None,
        grounds: Iterable[MoveGround] | None = None,
        where: Mapping[str, Hashable] | None = None,
    ) -> Linear:
        """People who move from one legal unit to another, each counted with a weight.

        Parameters
        ----------
        weight
            Name of a trait with numbers or truths; None counts everyone once.
        out_of, into
            Only moves from, or to, these sections.
        of
            Only this group; then moves inside a legal unit count too.
        refused
            Only moves that the asking rule would not admit.
        kinds, grounds
            Only moves of these kinds, on these grounds; None takes all.
        where
            Only teachers with these values of the named traits.

        """
        s = self.shared
        columns = self._among(out_of, into)
        if of is not None:
            columns = columns[s.columns.group[columns] == of.number]
        else:
            columns = columns[s.columns.exchange[columns]]
        if refused:
            columns = columns[s.refused[self.asking][columns]]
        if kinds is not None:
            wanted = [MOVE_KINDS.index(k) for k in kinds]
            columns = columns[np.isin(s.columns.kind[columns], wanted)]
        if grounds is not None:
            wanted = [MOVE_GROUNDS.index(g) for g in grounds]
            columns = columns[np.isin(s.columns.ground[columns], wanted)]
        weights: Floats = self._weight(weight) * self._mask(where)
        return Linear.of(columns, weights[s.columns.group[columns]])

    def serving(
        self,
        places: Iterable[Place],
        weight: str | None = None,
        *,
        where: Mapping[str, Hashable] | None = None,
    ) -> Count:
        """People who serve at these sections after the moves, movable or not.

        Parameters
        ----------
        weight
            Name of a trait with whole numbers or truths; None counts everyone once.
        where
            Only teachers with these values of the named traits.

        """
        s, c = self.shared, self.shared.columns
        spots = [s.position[p.id] for p in places]
        inside = self._inside(spots)
        leaving = self._chosen(c.out_of, spots)
        coming = self._chosen(c.into, spots)
        return self._count(
            self._chosen(s.members, spots),
            leaving[~inside[c.place[leaving]]],
            coming[~inside[c.home[coming]]],
            self._weight(weight) * self._mask(where),
        )

    def holding(
        self,
        places: Iterable[Place],
        weight: str | None = None,
        *,
        where: Mapping[str, Hashable] | None = None,
    ) -> Count:
        """People whose post is at these sections after the moves: only transfers take it along.

        Parameters are those of :meth:`serving`.
        """
        s, c = self.shared, self.shared.columns
        spots = [s.position[p.id] for p in places]
        # Whoever has no post (-1) brings none.
        inside = np.append(self._inside(spots), np.True_)
        leaving = self._chosen(s.taking, spots)
        coming = self._chosen(c.into, spots)
        coming = coming[c.kind[coming] == MOVE_KINDS.index("transfer")]
        return self._count(
            self._chosen(s.holders, spots),
            leaving[~inside[c.place[leaving]]],
            coming[~inside[s.posts[c.group[coming]]]],
            self._weight(weight) * self._mask(where),
        )

    def supply(
        self,
        places: Iterable[Place] | None = None,
        *,
        where: Callable[[SupplyOffer], bool] | None = None,
    ) -> Count:
        """People of further supply who serve at these sections, or anywhere.

        Parameters
        ----------
        where
            Only offers of which this is true.

        """
        supply = self.shared.supply
        chosen = np.array([where is None or where(o) for o in supply.offers], dtype=np.bool_)
        keep = chosen[supply.offer] if chosen.size else np.zeros(0, dtype=np.bool_)
        if places is not None:
            spots = [self.shared.position[p.id] for p in places]
            keep = keep & np.isin(supply.place, spots)
        columns = np.flatnonzero(keep).astype(np.int64)
        used = set(supply.offer[columns].tolist())
        most = sum(offer.count for n, offer in enumerate(supply.offers) if n in used)
        return Count(Linear.of(columns + supply.first, np.ones(columns.size)), 0, most)

    def _inside(self, spots: list[int]) -> Bools:
        inside = np.zeros(len(self.shared.position), dtype=np.bool_)
        inside[spots] = True
        return inside

    def _chosen(self, lists: tuple[Ints, ...], spots: list[int]) -> Ints:
        return np.concatenate([lists[n] for n in spots] or [_NONE])

    def _count(self, members: Ints, leaving: Ints, coming: Ints, weights: Floats) -> Count:
        """People of some groups, less who leaves and plus who comes by some columns."""
        s = self.shared
        now = float((weights[members] * s.sizes[members]).sum())
        # Most columns concern somebody else: without them there is little to sort.
        leaving = leaving[weights[s.columns.group[leaving]] != 0]
        coming = coming[weights[s.columns.group[coming]] != 0]
        losses = weights[s.columns.group[leaving]]
        gains = weights[s.columns.group[coming]]
        expression = Linear.of(
            np.concatenate([leaving, coming]), np.concatenate([-losses, gains]), now
        )
        whole = weights * s.sizes
        return Count(
            expression,
            round(now - float(whole[_marked(s.columns.group[leaving], whole.size)].sum())),
            round(now + float(whole[_marked(s.columns.group[coming], whole.size)].sum())),
        )

    def minutes(self, per_move: float) -> Linear:
        """Travel minutes of all moves, plus a fixed number of minutes for each."""
        columns = np.arange(self.shared.columns.group.size, dtype=np.int64)
        return Linear.of(columns, self.shared.columns.minutes.astype(np.float64) + per_move)

    def _among(self, out_of: Iterable[Place] | None, into: Iterable[Place] | None) -> Ints:
        s = self.shared
        if out_of is None and into is None:
            return np.arange(s.columns.group.size, dtype=np.int64)
        if into is None:
            return self._joined(s.columns.out_of, out_of)
        columns = self._joined(s.columns.into, into)
        if out_of is not None:
            spots = np.array([s.position[p.id] for p in out_of], dtype=np.int64)
            columns = columns[np.isin(s.columns.home[columns], spots)]
        return columns

    def _joined(self, lists: tuple[Ints, ...], places: Iterable[Place] | None) -> Ints:
        return np.concatenate([lists[self.shared.position[p.id]] for p in places or ()] or [_NONE])

    def _weight(self, name: str | None) -> Floats:
        if name is None:
            return np.ones(self.shared.sizes.size)
        key = (self.asking, name)
        if key not in self.shared.numbers:
            values = self.shared.groups.values[self.shared.groups.keys.index(key)]
            self.shared.numbers[key] = np.array(values, dtype=np.float64)
        return self.shared.numbers[key]

    def _mask(self, where: Mapping[str, Hashable] | None) -> Floats | float:
        mask: Floats | float = 1.0
        for name, wanted in (where or {}).items():
            codes, coded = self._codes(name)
            mask = mask * (coded == codes.get(wanted, -1)).astype(np.float64)
        return mask

    def _codes(self, name: str) -> tuple[dict[Hashable, int], Ints]:
        key = (self.asking, name)
        if key not in self.shared.codes:
            values = self.shared.groups.values[self.shared.groups.keys.index(key)]
            codes = {value: n for n, value in enumerate(dict.fromkeys(values))}
            self.shared.codes[key] = (
                codes,
                np.array([codes[value] for value in values], dtype=np.int64),
            )
        return self.shared.codes[key]


def _marked(numbers: Ints, size: int) -> Bools:
    """Truth for each number that occurs: much faster than sorting them."""
    marks = np.zeros(size, dtype=np.bool_)
    marks[numbers] = True
    return marks
