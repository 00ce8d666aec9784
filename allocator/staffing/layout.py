"""Laying out the columns that all MUST rules admit."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.county.county import County, Place
from allocator.county.decisions import MOVE_KINDS, Appointment
from allocator.county.plan import MOVE_GROUNDS, MoveGround
from allocator.modelling import Configured, Ints
from allocator.staffing.columns import Columns, Shared, SupplyColumns, lists
from allocator.staffing.groups import Groups, Who, admitted
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.terms import StaffingTerms

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Structure:
    """What every program looks at in a teacher, whatever the rules: appointment, post, return."""

    name: str = "structure"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The result of a round, with the person it belongs to; the section of the post.

        Also whether the teacher returns from a term: then nothing else can be decided.
        """

        def post(teacher_post: Place | None) -> str | None:
            return None if teacher_post is None else teacher_post.id

        return {
            "appointment": lambda t: county.appointed.get(t.id),
            "post": lambda t: post(county.post_place(t)),
            "returns": lambda t: t.id in county.returns,
        }


def ground_of(county: County, appointment: Hashable, place: Place, *, transfer: bool) -> MoveGround:
    """Why somebody moves: as appointed, to an opening school, off a surplus, or in exchange."""
    if isinstance(appointment, Appointment) and appointment.campus == place.campus.id:
        return "application"
    if county.opens(place.school):
        return "opening"
    return "surplus" if transfer else "exchange"


def share(
    county: County, groups: Groups, binding: Sequence[Configured], terms: StaffingTerms
) -> Shared:
    """Lay out the columns of a program.

    Parameters
    ----------
    binding
        The rules under MUST or SHOULD.

    """
    rules = [(c.firmness, c.rule) for c in binding if isinstance(c.rule, StaffingRule)]
    pruning = [(firmness, rule) for firmness, rule in rules if rule.prunes()]
    places = list(county.places.values())
    position = {p.id: n for n, p in enumerate(places)}
    home = np.array([position[p.id] for p in groups.homes], dtype=np.int64)
    stage = np.array([p.stage for p in places])
    reach = stage[home][:, None] == stage[None, :]
    reach[np.arange(home.size), home] = False
    closing = {rule.name for f, rule in pruning if f == "must" and rule.only is None}
    answers = admitted(county, groups, [rule for _, rule in pruning], reach, closing)
    allowed = np.zeros((*reach.shape, len(MOVE_KINDS)), dtype=np.bool_)
    kinds = _kinds(county, groups, [rule for _, rule in rules], places, terms)
    for k, kind in enumerate(MOVE_KINDS):
        here = reach & kinds[:, :, k]
        for firmness, rule in pruning:
            if firmness == "must" and rule.only in (None, kind):
                here &= answers[rule.name]
        allowed[:, :, k] = here
    group_of, place_of, kind_of = (a.astype(np.int64) for a in allowed.nonzero())
    columns = _columns(county, groups, home, places, group_of, place_of, kind_of)
    posts = _posts(groups, position)
    transfers = np.flatnonzero(kind_of == MOVE_KINDS.index("transfer"))
    refused = {}
    for _, rule in pruning:
        no = ~answers[rule.name][group_of, place_of]
        if rule.only is not None:
            no &= kind_of == MOVE_KINDS.index(rule.only)
        refused[rule.name] = no
    return Shared(
        county=county,
        groups=groups,
        columns=columns,
        supply=_supply(county, [rule for _, rule in rules], places, group_of.size),
        position=position,
        members=lists(home, len(places)),
        posts=posts,
        holders=_by_post(posts, np.arange(posts.size), len(places)),
        taking=_by_post(posts[group_of], transfers, len(places)),
        refused=refused,
        sizes=groups.sizes,
    )


def _structure(groups: Groups) -> list[Who]:
    return groups.seen_by(Structure().name)


def _kinds(
    county: County,
    groups: Groups,
    rules: Sequence[StaffingRule],
    places: Sequence[Place],
    terms: StaffingTerms,
) -> Bools:
    """Which kinds of move each group may make to each section, shape (groups, places, kinds).

    An opening school is staffed by one kind only, and an appointment states its own. Whoever
    returns from a term makes no other move.
    """
    open_kinds = {"secondment"}.union(*(rule.opens for rule in rules))
    opening = np.array([county.opens(p.school) for p in places], dtype=np.bool_)
    table = np.zeros((len(groups.homes), len(places), len(MOVE_KINDS)), dtype=np.bool_)
    for k, kind in enumerate(MOVE_KINDS):
        table[:, :, k] = np.where(opening, kind == terms.opening_kind, kind in open_kinds)
    for who in _structure(groups):
        if who["returns"]:
            table[who.number] = False
            continue
        appointment = who["appointment"]
        if isinstance(appointment, Appointment):
            there = np.array([p.campus.id == appointment.campus for p in places])
            for k, kind in enumerate(MOVE_KINDS):
                table[who.number, there, k] = kind == appointment.kind
    return table


def _columns(
    county: County,
    groups: Groups,
    home: Ints,
    places: Sequence[Place],
    group_of: Ints,
    place_of: Ints,
    kind_of: Ints,
) -> Columns:
    school = np.array([p.school.id for p in places])
    start = home[group_of]
    minutes = np.array([[county.minutes(a, b) for b in places] for a in places], dtype=np.int64)
    opening = np.array([county.opens(p.school) for p in places], dtype=np.bool_)
    ground = np.where(
        opening[place_of],
        MOVE_GROUNDS.index("opening"),
        np.where(
            kind_of == MOVE_KINDS.index("transfer"),
            MOVE_GROUNDS.index("surplus"),
            MOVE_GROUNDS.index("exchange"),
        ),
    )
    appointed = {who.number: who["appointment"] for who in _structure(groups) if who["appointment"]}
    for n in np.flatnonzero(np.isin(group_of, list(appointed))).tolist():
        transfer = MOVE_KINDS[kind_of[n]] == "transfer"
        why = ground_of(county, appointed[group_of[n]], places[place_of[n]], transfer=transfer)
        ground[n] = MOVE_GROUNDS.index(why)
    return Columns(
        group=group_of,
        place=place_of,
        kind=kind_of,
        ground=ground.astype(np.int64),
        home=start,
        minutes=minutes[start, place_of],
        exchange=school[start] != school[place_of],
        out_of=lists(start, len(places)),
        into=lists(place_of, len(places)),
    )


def _supply(
    county: County, rules: Sequence[StaffingRule], places: Sequence[Place], first: int
) -> SupplyColumns:
    """One column for each offer and public section that teaches its subject at its stage."""
    found = {offer.id: offer for rule in rules for offer in rule.offers(county) if offer.count}
    offers = tuple(found[key] for key in sorted(found))
    pairs = [
        (n, s)
        for n, offer in enumerate(offers)
        for s, place in enumerate(places)
        if place.stage == offer.stage and offer.subject in place.demand and not place.school.private
    ]
    table = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)
    return SupplyColumns(offers, table[:, 0], table[:, 1], first)


def _posts(groups: Groups, position: Mapping[str, int]) -> Ints:
    """Position of the section that holds the posts of each group; -1 without posts."""
    return np.array(
        [-1 if who["post"] is None else position[str(who["post"])] for who in _structure(groups)],
        dtype=np.int64,
    )


def _by_post(posts: Ints, among: Ints, count: int) -> tuple[Ints, ...]:
    """Some groups or columns by the section of their posts, those without posts left out."""
    kept = among[posts[among] >= 0]
    return tuple(kept[found] for found in lists(posts[kept], count))
