"""Who could teach where: the people of each section and subject, and where their periods may go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from allocator.county.county import County, Place
from allocator.modelling import Count, Ints, Linear
from allocator.staffing.columns import Shared, block_of
from allocator.staffing.need import CoverageBy, need
from allocator.staffing.rules.walking import Walking
from allocator.staffing.walking.able import Able
from allocator.staffing.walking.columns import Cell


@dataclass(frozen=True)
class Alike:
    """People of one section who are alike in what they may teach, and how many they are."""

    able: Able
    gives: int
    """Weekly periods each of them gives."""
    count: Count


@dataclass(frozen=True)
class Source:
    """The people of a subject at a section, and where their periods may go."""

    place: Place
    subject: str
    load: int
    needed: int
    """Weekly periods needed of their subject where they serve."""
    classes: tuple[Alike, ...]
    supply: Count
    """People placed here by number: they give full loads, and only here."""
    reach: tuple[Place, ...]
    """Sections a visit may go to."""
    seconds: tuple[str, ...]
    """Second subjects that somebody may give here."""

    @property
    def cell(self) -> Cell:
        """Section and subject."""
        return self.place.id, self.subject

    @property
    def block(self) -> str:
        """Stage and subject."""
        return block_of(self.place.stage, self.subject)

    def goes_to(self) -> list[Cell]:
        """Where periods may go beside the own subject at the own section."""
        walks = [(q.id, self.subject) for q in self.reach]
        return walks + [(self.place.id, second) for second in self.seconds]


NOBODY = Count(Linear.number(0.0), 0, 0)
ClassesAt = Callable[[Place], Mapping[str, tuple[Alike, ...]]]
"""Subject -> classes of people of a section."""
SupplyAt = Callable[[Place, str], Count]
"""People of a subject placed at a section by number."""


def ways(
    county: County, rule: Walking, by: CoverageBy, classes_at: ClassesAt, supply_at: SupplyAt
) -> tuple[Source, ...]:
    """Every section and subject that periods may come into or go out of, sorted."""
    needed = need(county, by)
    public = [p for p in county.places.values() if not p.school.private]
    near = _near(county, rule, public)
    found: dict[Cell, Source] = {}
    reached: set[Cell] = set()
    for place in public:
        here = classes_at(place)
        for subject in sorted({*here, *needed[place.id]}):
            source = Source(
                place=place,
                subject=subject,
                load=county.subject[subject].load(place.stage),
                needed=needed[place.id].get(subject, 0),
                classes=here.get(subject, ()),
                supply=NOBODY,
                reach=_reach(rule, here.get(subject, ()), near[place.id], needed, subject),
                seconds=_seconds(here.get(subject, ()), needed[place.id]),
            )
            found[source.cell] = source
            reached.update(source.goes_to())
    involved = sorted(cell for cell, s in found.items() if cell in reached or s.goes_to())
    return tuple(
        replace(found[cell], supply=supply_at(found[cell].place, cell[1])) for cell in involved
    )


def _near(county: County, rule: Walking, public: list[Place]) -> Mapping[str, list[Place]]:
    """Other sections of the stage within the minutes of the rule, by section."""
    by_stage: dict[str, list[Place]] = defaultdict(list)
    for place in public:
        by_stage[place.stage].append(place)
    return {
        p.id: [q for q in by_stage[p.stage] if q.id != p.id and county.minutes(p, q) <= rule.within]
        for p in public
    }


def _reach(
    rule: Walking,
    classes: tuple[Alike, ...],
    near: list[Place],
    needed: Mapping[str, Mapping[str, int]],
    subject: str,
) -> tuple[Place, ...]:
    """Sections that take a visit: near, and in need of a block at least."""
    if not any(can_walk(rule, c) for c in classes):
        return ()
    return tuple(q for q in near if needed[q.id].get(subject, 0) >= rule.block)


def can_walk(rule: Walking, alike: Alike) -> bool:
    """Whether some of these people could make a visit."""
    enough = alike.gives >= rule.block + rule.travel
    return alike.able.walks and enough and alike.count.most > 0


def _seconds(classes: tuple[Alike, ...], needed: Mapping[str, int]) -> tuple[str, ...]:
    found = {s for c in classes if c.count.most > 0 for s in c.able.seconds}
    return tuple(sorted(s for s in found if needed.get(s, 0) > 0))


def classes_of(shared: Shared, rule: Walking) -> ClassesAt:
    """How many people of each class serve at a section, over the columns of a program."""
    values = shared.groups.values[shared.groups.keys.index((rule.name, "able"))]
    codes = {value: n for n, value in enumerate(dict.fromkeys(values))}
    code = np.array([codes[value] for value in values], dtype=np.int64)
    c, subjects = shared.columns, shared.county.subject

    def at(place: Place) -> Mapping[str, tuple[Alike, ...]]:
        n = shared.position[place.id]
        members, leaving, coming = shared.members[n], c.out_of[n], c.into[n]
        kinds = code[members], code[c.group[leaving]], code[c.group[coming]]
        found: dict[str, list[Alike]] = defaultdict(list)
        here = set(np.unique(np.concatenate([kinds[0], kinds[2]])).tolist())
        known = [Able(*v) for v in codes if isinstance(v, tuple) and codes[v] in here]
        for able in sorted(known):
            wanted = codes[tuple(able)]
            count = _counted(
                shared,
                members[kinds[0] == wanted],
                leaving[kinds[1] == wanted],
                coming[kinds[2] == wanted],
            )
            gives = subjects[able.subject].load(place.stage) - able.less
            found[able.subject].append(Alike(able, gives, count))
        return {subject: tuple(classes) for subject, classes in found.items()}

    return at


def _counted(shared: Shared, members: Ints, leaving: Ints, coming: Ints) -> Count:
    sizes, group = shared.sizes, shared.columns.group
    now = int(sizes[members].sum())
    expression = Linear.of(
        np.concatenate([leaving, coming]),
        np.concatenate([-np.ones(leaving.size), np.ones(coming.size)]),
        float(now),
    )
    return Count(
        expression,
        now - int(sizes[np.unique(group[leaving])].sum()),
        now + int(sizes[np.unique(group[coming])].sum()),
    )
