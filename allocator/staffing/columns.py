"""The columns of the staffing program: moves of groups, and supply placed by number."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from allocator.county.county import County
from allocator.county.decisions import MOVE_KINDS, MoveKind
from allocator.county.plan import MOVE_GROUNDS, MoveGround
from allocator.county.supply import SupplyOffer
from allocator.modelling import Floats, Ints
from allocator.staffing.groups import Groups

if TYPE_CHECKING:
    from allocator.staffing.walking.columns import WalkingColumns


@dataclass(frozen=True)
class Columns:
    """The columns ``move[g, s, k]``: how many of group g serve at s instead of home, as kind k.

    Arrays have one entry a column, sorted by group, then by section, then by kind.
    """

    group: Ints
    place: Ints
    kind: Ints
    """Position in ``MOVE_KINDS``."""
    ground: Ints
    """Position in ``MOVE_GROUNDS``."""
    home: Ints
    minutes: Ints
    exchange: npt.NDArray[np.bool_]
    """Whether the move crosses from one legal unit to another."""
    out_of: tuple[Ints, ...]
    """Columns leaving each section, by position of the section."""
    into: tuple[Ints, ...]
    """Columns entering each section."""

    def kind_of(self, column: int) -> MoveKind:
        """The kind of move of one column."""
        return MOVE_KINDS[int(self.kind[column])]

    def ground_of(self, column: int) -> MoveGround:
        """The ground of one column."""
        return MOVE_GROUNDS[int(self.ground[column])]


@dataclass(frozen=True)
class SupplyColumns:
    """The columns ``supply[o, s]``: how many people of offer o serve at section s.

    They follow the moves, sorted by offer and then by section.
    """

    offers: tuple[SupplyOffer, ...]
    offer: Ints
    place: Ints
    first: int
    """Number of the first of them."""


@dataclass(frozen=True)
class Shared:
    """What all views share: built once for a program."""

    county: County
    groups: Groups
    columns: Columns
    supply: SupplyColumns
    position: Mapping[str, int]
    """Position of each section in the county's order."""
    members: tuple[Ints, ...]
    """Groups at home in each section."""
    posts: Ints
    """Position of the section that holds the posts of each group; -1 without posts."""
    holders: tuple[Ints, ...]
    """Groups whose posts are at each section."""
    taking: tuple[Ints, ...]
    """Columns that take posts away from each section: transfers of its holders."""
    refused: Mapping[str, npt.NDArray[np.bool_]]
    """Rule name -> which columns a pruning rule would not admit."""
    sizes: Ints
    codes: dict[tuple[str, str], tuple[dict[Hashable, int], Ints]] = field(default_factory=dict)
    numbers: dict[tuple[str, str], Floats] = field(default_factory=dict)
    walking: WalkingColumns | None = None
    """Columns of walking, after the supply; None where the program says nothing of it."""


def lists(keys: Ints, count: int) -> tuple[Ints, ...]:
    """Positions of each key 0, ..., count - 1, ascending."""
    order = np.argsort(keys, kind="stable").astype(np.int64)
    ends = np.searchsorted(keys[order], np.arange(count + 1))
    return tuple(order[ends[n] : ends[n + 1]] for n in range(count))


def block_of(stage: str, subject: str) -> str:
    """The block of a program to which people of a subject at a stage belong."""
    return f"{stage}.{subject}"
