"""From numbers of a group to names: the points table decides who of several goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from allocator.county.county import County, Place
from allocator.county.people import Teacher
from allocator.county.plan import Move, Plan, Supply, Teaching
from allocator.county.ties import in_order
from allocator.modelling import Floats
from allocator.staffing.columns import Shared
from allocator.staffing.need import CoverageBy, gives, need
from allocator.staffing.terms import StaffingTerms
from allocator.staffing.walking.columns import WalkingColumns
from allocator.staffing.walking.naming import named


def order_of_going(county: County, teachers: Iterable[Teacher]) -> list[Teacher]:
    """Most points first; among equals those due, then by a tie decision, then by number."""
    return in_order(county, teachers)


def teaching(
    county: County,
    serving: Mapping[str, Place],
    by: CoverageBy = "periods",
    *,
    only: Set[tuple[str, str]] | None = None,
    beside: Iterable[Teaching] = (),
    used: Mapping[str, int] | None = None,
) -> tuple[Teaching, ...]:
    """Who teaches how many periods of the own subject, filled up in the order of numbers.

    Parameters
    ----------
    only
        Only at these sections in these subjects; None takes all.
    beside
        Visits and second subjects: what they give is needed no more.
    used
        Periods of each teacher that these take, those lost on the way included.

    """
    left = {
        (place, subject): periods
        for place, subjects in need(county, by).items()
        for subject, periods in subjects.items()
        if only is None or (place, subject) in only
    }
    for entry in beside:
        if (entry.section, entry.subject) in left:
            left[entry.section, entry.subject] -= entry.periods
    entries, spent = [], used or {}
    for teacher in county.teacher.values():
        place = serving[teacher.id]
        key = (place.id, teacher.subject)
        free = gives(county, teacher, place.stage) - spent.get(teacher.id, 0)
        periods = min(free, left.get(key, 0))
        if teacher.status == "in_post" and periods:
            left[key] -= periods
            entries.append(
                Teaching(
                    teacher=teacher.id, section=place.id, subject=teacher.subject, periods=periods
                )
            )
    return tuple(entries)


def with_walking(
    county: County,
    serving: Mapping[str, Place],
    terms: StaffingTerms,
    columns: WalkingColumns,
    levels: Floats,
) -> tuple[Teaching, ...]:
    """Who teaches what and where, those who walk or give a second subject included."""
    beside, used = named(county, serving, columns, levels)
    own = teaching(county, serving, terms.coverage, beside=beside, used=used)
    return tuple(sorted((*own, *beside), key=lambda e: (e.teacher, e.section, e.subject)))


def today(county: County, by: CoverageBy = "periods") -> Plan:
    """The plan in which nobody moves: the county as it is."""
    serving = {t: county.home(v) for t, v in county.teacher.items()}
    return Plan(teaching=teaching(county, serving, by))


def returns(county: County, terms: StaffingTerms) -> list[Move]:
    """The moves home of all whose terms end."""
    return [
        Move(
            teacher=teacher,
            origin=county.home(county.teacher[teacher]).id,
            destination=back.id,
            kind="secondment",
            ground="return",
            start=terms.start,
        )
        for teacher, back in county.returns.items()
    ]


def decode(shared: Shared, terms: StaffingTerms, levels: Floats) -> Plan:
    """Turn levels of the columns into moves of named teachers, supply and teaching.

    Within a group the first by points go, the nearest section first. Returns are added: they
    follow from earlier terms.
    """
    county, columns = shared.county, shared.columns
    places = list(county.places.values())
    wanted: dict[int, list[int]] = defaultdict(list)
    for column in levels[: shared.supply.first].nonzero()[0].tolist():
        wanted[int(columns.group[column])] += [column] * round(float(levels[column]))
    moves = returns(county, terms)
    serving = {t: county.start(v) for t, v in county.teacher.items()}
    for group, chosen in wanted.items():
        chosen.sort(key=lambda c: (columns.minutes[c], columns.place[c], columns.kind[c]))
        going = order_of_going(county, shared.groups.members[group])
        for rank, (teacher, column) in enumerate(zip(going, chosen, strict=False), start=1):
            origin, destination = shared.groups.homes[group], places[columns.place[column]]
            serving[teacher.id] = destination
            moves.append(
                Move(
                    teacher=teacher.id,
                    origin=origin.id,
                    destination=destination.id,
                    kind=columns.kind_of(column),
                    ground=columns.ground_of(column),
                    start=terms.start,
                    years=terms.years if columns.kind_of(column) == "secondment" else None,
                    points_rank=rank,
                )
            )
    return Plan(
        moves=tuple(sorted(moves, key=lambda m: m.teacher)),
        teaching=teaching(county, serving, terms.coverage)
        if shared.walking is None
        else with_walking(county, serving, terms, shared.walking, levels),
        supply=_supply(shared, levels),
    )


def _supply(shared: Shared, levels: Floats) -> tuple[Supply, ...]:
    """People placed by number, by section, subject and kind."""
    columns, places = shared.supply, list(shared.county.places)
    found = []
    last = columns.first + columns.offer.size
    for n in levels[columns.first : last].nonzero()[0].tolist():
        offer = columns.offers[columns.offer[n]]
        found.append(
            Supply(
                section=places[columns.place[n]],
                subject=offer.subject,
                kind=offer.kind,
                count=round(float(levels[columns.first + n])),
            )
        )
    return tuple(sorted(found, key=lambda s: (s.section, s.subject, s.kind)))
