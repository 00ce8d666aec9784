"""Groups of teachers whom no active rule or goal can tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.modelling import Ints
from allocator.staffing.rule import StaffingRule, Trait

Key = tuple[str, str]
"""Name of rule or goal, name of trait."""


class Asks(Protocol):
    """Anything that looks at traits: a rule or a goal."""

    @property
    def name(self) -> str:
        """Its name."""

    def traits(self, county: County) -> Mapping[str, Trait]:
        """What it looks at."""


@dataclass(frozen=True)
class Who:
    """A group as one rule sees it: its home, its size and the traits the rule asked for."""

    number: int
    home: Place
    size: int
    traits: Mapping[str, Hashable]

    def __getitem__(self, trait: str) -> Hashable:
        return self.traits[trait]


@dataclass(frozen=True)
class Groups:
    """All teachers of a county, grouped.

    Parameters
    ----------
    members
        Teachers of each group, sorted by id.
    homes
        Home section of each group.
    keys
        Every trait asked for, in order.
    values
        Value of each trait for each group, shape (traits, groups).

    """

    members: tuple[tuple[Teacher, ...], ...]
    homes: tuple[Place, ...]
    keys: tuple[Key, ...]
    values: tuple[tuple[Hashable, ...], ...]

    @property
    def sizes(self) -> Ints:
        """Teachers in each group."""
        return np.array([len(m) for m in self.members], dtype=np.int64)

    def seen_by(self, asking: str) -> list[Who]:
        """The groups as one rule or goal sees them."""
        mine = [(n, trait) for n, (owner, trait) in enumerate(self.keys) if owner == asking]
        return [
            Who(
                number,
                home,
                len(self.members[number]),
                {trait: self.values[n][number] for n, trait in mine},
            )
            for number, home in enumerate(self.homes)
        ]


def group(county: County, asking: Sequence[Asks]) -> Groups:
    """Group the teachers by the section they start from and all that rules and goals look at."""
    traits: list[tuple[Key, Trait]] = [
        ((a.name, name), trait) for a in asking for name, trait in a.traits(county).items()
    ]
    found: dict[tuple[Hashable, ...], list[Teacher]] = {}
    for teacher in county.teacher.values():
        signature = (county.start(teacher).id, *(trait(teacher) for _, trait in traits))
        found.setdefault(signature, []).append(teacher)
    ordered = sorted(found.items(), key=lambda item: item[1][0].id)
    return Groups(
        members=tuple(tuple(members) for _, members in ordered),
        homes=tuple(county.places[str(signature[0])] for signature, _ in ordered),
        keys=tuple(key for key, _ in traits),
        values=tuple(
            tuple(signature[n + 1] for signature, _ in ordered) for n in range(len(traits))
        ),
    )


def admitted(
    county: County,
    groups: Groups,
    rules: Sequence[StaffingRule],
    reach: npt.NDArray[np.bool_],
    closing: Container[str] = (),
) -> dict[str, npt.NDArray[np.bool_]]:
    """What each pruning rule admits, among the placements that are not closed yet.

    A rule sees only a group's home and the traits it asked for, so groups alike in these share
    one answer; and nobody is asked about a placement that an earlier rule has closed.

    Parameters
    ----------
    reach
        The placements there are to ask about, shape (groups, places).
    closing
        Names of the rules whose "no" closes a placement for the rules after them.

    Returns
    -------
    dict
        Rule name -> truth, shape (groups, places), places in the county's order; false where
        nobody was asked.

    """
    places = list(county.places.values())
    open_ = reach.copy()
    result: dict[str, npt.NDArray[np.bool_]] = {}
    # Those that close come first, so that the others are asked less.
    for rule in sorted(rules, key=lambda rule: rule.name not in closing):
        alike: dict[tuple[Hashable, ...], list[Who]] = defaultdict(list)
        for who in groups.seen_by(rule.name):
            alike[who.home.id, *who.traits.values()].append(who)
        table = np.zeros_like(reach)
        for members in alike.values():
            numbers = np.array([who.number for who in members])
            asked = np.flatnonzero(open_[numbers].any(axis=0))
            answers = _answers(rule.admits, county, members[0], [places[n] for n in asked])
            table[np.ix_(numbers, asked)] = answers
        result[rule.name] = table
        if rule.name in closing:
            open_ &= table
    return result


def _answers(
    admits: Callable[[County, Who, Place], bool], county: County, who: Who, places: list[Place]
) -> npt.NDArray[np.bool_]:
    return np.fromiter((admits(county, who, p) for p in places), np.bool_, len(places))
