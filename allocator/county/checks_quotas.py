"""Cross-checks of what quota places are divided by: channels, figures, pools, past years, lots."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from allocator.county.frozen import Problem
from allocator.county.places import SeniorHigh

if TYPE_CHECKING:
    from allocator.county.county import County

_COUNTED = ("registered", "graduates")
"""Columns of the base that are counted from sections, so no figure may be called so."""


def problems_of_quotas(county: County) -> Iterator[Problem]:
    """Every contradiction in what is known before quota places are divided."""
    return chain(
        _channels(county),
        _figures(county),
        _pools(county),
        _past_quotas(county),
        _lots(county),
        _pins(county),
    )


def _channels(county: County) -> Iterator[Problem]:
    """Places by channel against the places there are."""
    for n, high in enumerate(county.senior_highs):
        path = f"senior_highs[{n}]"
        if high.quota_places is not None and high.quota_places > high.places:
            yield Problem(
                f"{path}.quota_places",
                "{quota} quota places but only {places} places in all: correct one",
                {"quota": high.quota_places, "places": high.places},
            )
            continue
        quota = high.quota_places if high.quality else high.quota_places or 0
        stated = (quota or 0) + high.self_recruitment + high.specialty + (high.unified or 0)
        details = _by_channel(high, stated)
        if stated > high.places:
            text = (
                "quota {quota}, self-recruitment {own}, specialty {specialty} and unified "
                "admission {unified} add up to {sum}, but there are {places} places: correct one"
            )
            yield Problem(path, text, details)
        elif high.unified is not None and quota is not None and stated < high.places:
            text = (
                "quota {quota}, self-recruitment {own}, specialty {specialty} and unified "
                "admission {unified} add up to {sum} of {places} places: state the rest, or leave "
                "unified admission empty"
            )
            yield Problem(path, text, details)


def _by_channel(high: SeniorHigh, total: int) -> dict[str, int]:
    return {
        "quota": high.quota_places or 0,
        "own": high.self_recruitment,
        "specialty": high.specialty,
        "unified": high.unified or 0,
        "sum": total,
        "places": high.places,
    }


def _figures(county: County) -> Iterator[Problem]:
    for n, school in enumerate(county.schools):
        first: dict[str, int] = {}
        for k, figure in enumerate(school.figures):
            path = f"schools[{n}].figures[{k}].name"
            if figure.name in _COUNTED:
                text = "{name} is counted from the sections: give the figure another name"
                yield Problem(path, text, {"name": figure.name})
            if figure.name in first:
                text = "figure {name} is stated twice, first at {first}: keep one"
                at = f"schools[{n}].figures[{first[figure.name]}]"
                yield Problem(path, text, {"name": figure.name, "first": at})
            first.setdefault(figure.name, k)


def _pools(county: County) -> Iterator[Problem]:
    juniors = _junior_highs(county)
    others = {s.id for s in county.schools} | {h.id for h in county.senior_highs}
    others |= {z.id for z in county.zones}
    pools: dict[str, str] = {}
    listed: dict[str, str] = {}
    for n, pool in enumerate(county.quota_pools):
        path = f"quota_pools[{n}]"
        if pool.id in others:
            text = (
                "{id} is also the code of a school, a senior high or a zone: give the pool its own "
                "code"
            )
            yield Problem(f"{path}.id", text, {"id": pool.id})
        if pool.id in pools:
            text = "{id} is used twice, first at {first}: give each its own code"
            yield Problem(f"{path}.id", text, {"id": pool.id, "first": pools[pool.id]})
        pools.setdefault(pool.id, path)
        for k, school in enumerate(pool.schools):
            where = f"{path}.schools[{k}]"
            if school not in juniors:
                text = "{id} is no junior high of this county: correct the code or remove it"
                yield Problem(where, text, {"id": school})
            elif school in listed:
                text = "junior high {id} is pooled twice, first at {first}: keep it in one pool"
                yield Problem(where, text, {"id": school, "first": listed[school]})
            listed.setdefault(school, where)


def _past_quotas(county: County) -> Iterator[Problem]:
    highs, claimants = {h.id for h in county.senior_highs}, _claimants(county)
    this_year = int(county.as_of[:4])
    first: dict[tuple[int, str, str], str] = {}
    for n, past in enumerate(county.past_quotas):
        path = f"past_quotas[{n}]"
        if past.senior_high not in highs:
            text = "senior high {id} is not in the list of senior highs: add it or correct the code"
            yield Problem(f"{path}.senior_high", text, {"id": past.senior_high})
        if past.junior_high not in claimants:
            text = "{id} is no junior high or pool of this county: correct the code or remove it"
            yield Problem(f"{path}.junior_high", text, {"id": past.junior_high})
        if past.year >= this_year:
            text = "{year} is no year before {this_year}, the year of the data: correct it"
            yield Problem(f"{path}.year", text, {"year": past.year, "this_year": this_year})
        if past.filled is not None and past.filled > past.places:
            text = "{filled} places were filled of {places}: correct one"
            yield Problem(f"{path}.filled", text, {"filled": past.filled, "places": past.places})
        key = (past.year, past.senior_high, past.junior_high)
        if key in first:
            text = "{year}, {high}, {school} is listed twice, first at {first}: keep one"
            details = dict(zip(("year", "high", "school"), key, strict=True))
            yield Problem(path, text, {**details, "first": first[key]})
        first.setdefault(key, path)


def _lots(county: County) -> Iterator[Problem]:
    highs, claimants = {h.id for h in county.senior_highs}, _claimants(county)
    first: dict[str | None, str] = {}
    for n, lot in enumerate(county.quota_lots):
        path = f"quota_lots[{n}]"
        if lot.senior_high is not None and lot.senior_high not in highs:
            text = "senior high {id} is not in the list of senior highs: add it or correct the code"
            yield Problem(f"{path}.senior_high", text, {"id": lot.senior_high})
        if lot.senior_high in first:
            text = "a lot for the same places is on record, at {first}: keep one"
            yield Problem(f"{path}.senior_high", text, {"first": first[lot.senior_high]})
        first.setdefault(lot.senior_high, path)
        drawn: dict[str, int] = {}
        for k, id in enumerate(lot.order):
            where = f"{path}.order[{k}]"
            if id not in claimants:
                text = (
                    "{id} is no junior high or pool of this county: correct the code or remove it"
                )
                yield Problem(where, text, {"id": id})
            if id in drawn:
                text = "{id} was drawn before, as number {number}: keep it once"
                yield Problem(where, text, {"id": id, "number": drawn[id] + 1})
            drawn.setdefault(id, k)


def _pins(county: County) -> Iterator[Problem]:
    highs, claimants = {h.id for h in county.senior_highs}, _claimants(county)
    first: dict[tuple[str, str], str] = {}
    for n, pin in enumerate(county.quota_pins):
        path = f"quota_pins[{n}]"
        if pin.senior_high not in highs:
            text = "senior high {id} is not in the list of senior highs: add it or correct the code"
            yield Problem(f"{path}.senior_high", text, {"id": pin.senior_high})
        if pin.junior_high not in claimants:
            text = "{id} is no junior high or pool of this county: correct the code or remove it"
            yield Problem(f"{path}.junior_high", text, {"id": pin.junior_high})
        pair = (pin.senior_high, pin.junior_high)
        if pair in first:
            text = "the places of {high} for {school} are fixed twice, first at {first}: keep one"
            details = {"high": pair[0], "school": pair[1], "first": first[pair]}
            yield Problem(path, text, details)
        first.setdefault(pair, path)


def _junior_highs(county: County) -> set[str]:
    """Schools with a junior section; the county's own look-ups may not stand yet."""
    return {
        school.id
        for school in county.schools
        if any(s.stage == "junior" for c in school.campuses for s in c.sections)
    }


def _claimants(county: County) -> set[str]:
    return _junior_highs(county) | {pool.id for pool in county.quota_pools}
