"""Small counties without teachers, every table of them, and the best one by brute force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import numpy as np

from allocator.admission.entitlement import entitle
from allocator.admission.goals import TIERS
from allocator.admission.model import build, read
from allocator.admission.signposts import Divisor
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.places import Campus, School, Section, SeniorHigh, Township, Zone
from allocator.county.plan import Plan, QuotaCell
from allocator.county.quotas import PastQuota, QuotaPin, QuotaPool
from allocator.modelling import Allocation, Configured, Firmness, Rule

ORDER = tuple(t.name for t in TIERS)
AREAS = ("urban", "township_seat", "rural")


def junior(id: str, graduates: int, township: str = "T1", **flags: Any) -> School:
    """A junior high with one campus; all graduates registered unless said otherwise."""
    registered = flags.pop("registered", graduates)
    section = Section(
        stage="junior",
        classes=(1, 1, 1),
        pupils=3 * graduates + 3,
        graduates=graduates,
        registered_graduates=registered,
    )
    campus = Campus(
        id=f"{id}c",
        name=f"示例{id}初中",
        township=township,
        area_class=flags.pop("area", None),
        latitude=30.1,
        longitude=121.2,
        sections=(section,),
    )
    return School(id=id, name=campus.name, campuses=(campus,), **flags)


def senior(id: str, places: int, *area: str, **flags: Any) -> SeniorHigh:
    return SeniorHigh(
        id=id,
        name=f"示例{id}高中",
        places=places,
        admission_area=area,
        **({"quality": True} | flags),
    )


def county(highs: Sequence[SeniorHigh], schools: Sequence[School], **more: Any) -> County:
    """A county of three townships: T1 urban, T2 a township seat, T3 rural."""
    return County(
        name="示例县",
        as_of="2020-06",
        zones=(Zone(id="Z1", name="示例片区"),),
        townships=tuple(
            Township(
                id=f"T{n}",
                name=f"示例{n}镇",
                kind="town",
                area_class=area,
                zone="Z1",
                latitude=30.1,
                longitude=121.2,
            )
            for n, area in enumerate(AREAS, start=1)
        ),
        schools=tuple(schools),
        senior_highs=tuple(highs),
        **more,
    )


def past(year: int, **cells: int) -> tuple[PastQuota, ...]:
    """Places of an earlier year from ``A_X=places``."""
    return tuple(
        PastQuota(year=year, senior_high=pair[0], junior_high=pair[2:], places=places)
        for pair, places in cells.items()
    )


def pins(**cells: int) -> tuple[QuotaPin, ...]:
    """Places fixed beforehand from ``A_X=places``."""
    return tuple(
        QuotaPin(senior_high=pair[0], junior_high=pair[2:], places=places)
        for pair, places in cells.items()
    )


def pool(id: str, *schools: str) -> QuotaPool:
    return QuotaPool(id=id, name=f"示例{id}组", schools=schools)


def at(firmness: Firmness, *rules: Rule) -> list[Configured]:
    return [Configured(rule, firmness) for rule in rules]


def plan(cells: dict[str, int]) -> Plan:
    """A plan from ``{"A-X": places}``."""
    return Plan(
        quotas=tuple(
            QuotaCell(senior_high=pair.split("-")[0], junior_high=pair.split("-")[1], places=n)
            for pair, n in cells.items()
        )
    )


def all_levels(allocation: Allocation) -> Iterator[np.ndarray]:
    """Every whole point of the decision columns that keeps the structure."""
    columns = [row for row in allocation.structure if row.sense == "=="]
    blocks = [(row.expression.columns, int(row.limit)) for row in columns]
    for parts in product(*(list(_splits(total, c.size)) for c, total in blocks)):
        levels = np.zeros(len(allocation.names))
        for (at_columns, _), part in zip(blocks, parts, strict=True):
            levels[at_columns] = part
        if all(
            row.expression.value(levels) >= row.limit
            for row in allocation.structure
            if row.sense == ">="
        ):
            yield levels


def _splits(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts <= 1:
        yield from [(total,)] if parts else [] if total else [()]
        return
    for first in range(total + 1):
        for rest in _splits(total - first, parts - 1):
            yield (first, *rest)


def exact_values(
    where: County, rules: Sequence[Configured], terms: AdmissionTerms, given: Plan
) -> dict[str, Fraction] | None:
    """Each tier of a plan in fractions (logs as products); None if a MUST rule is broken."""
    table = read(where, rules, terms, given)
    missing = Fraction(0)
    for c in rules:
        short = sum(r.shortfall for r in c.rule.readings(where, table))
        if c.firmness == "must" and short:
            return None
        missing += Fraction(short) if c.firmness == "should" else 0
    due = entitle(where, rules, terms)
    received, s = table.columns, terms.divisor
    return {
        "protection": missing,
        "columns": _product(s, ((received[j], e) for j, e in due.columns.items() if e)),
        "matrix": _product(s, ((table.cells.get(c, 0), e) for c, e in due.cells.items() if e)),
    }


def _product(divisor: Divisor, pairs: Iterable[tuple[int, Fraction]]) -> Fraction:
    """The exponential of a log cost; a first place beyond price is left out."""
    result = Fraction(1)
    for places, part in pairs:
        for k in range(1 + divisor.first, places + 1):
            result *= divisor.price(k, part)
    return result


def best_by_brute_force(
    where: County,
    rules: Sequence[Configured],
    terms: AdmissionTerms,
    order: Sequence[str] = ORDER,
) -> tuple[tuple[Fraction, ...], int] | None:
    """The best tier values over all tables, in fractions, and how many tables have them."""
    allocation = build(where, rules, order, terms)
    best: tuple[Fraction, ...] | None = None
    number = 0
    for levels in all_levels(allocation):
        values = exact_values(where, rules, terms, allocation.decode(levels))
        if values is None:
            continue
        found = tuple(values[tier] for tier in order)
        if best is None or found < best:
            best, number = found, 0
        number += found == best
    return None if best is None else (best, number)
