"""Two published quota tables as scenarios: Jiading (Shanghai) and Conghua (Guangzhou).

Schools and places are those published. Whatever was not published stays empty; what a scenario
cannot do without (a month, codes, a seat) is named as ours in its notes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from decimal import Decimal
from importlib.resources import files
from typing import Any

from allocator.admission.inference import PER, Inference, Published, infer
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.places import Campus, School, Section, SeniorHigh, Township, Zone
from allocator.county.plan import Plan, QuotaCell
from allocator.county.quotas import SchoolFigure
from allocator.samples import published_notes
from allocator.scenario import Admission, Scenario

JIADING_YEARS = (2023, 2024)
PUBLISHED_TOTAL = "公布合计"
"""Name of the figure that holds what a junior high was given in all."""
CITY, DISTRICT = "city", "district"
"""Codes of the two rows of Conghua: senior highs of the city, and those of the district."""

_PRIVATE = "民办"
"""How the published lists mark a private junior high."""


def jiading_scenario(year: int = 2023) -> Scenario:
    """Jiading's quota table of a year, to be divided again from its sums alone.

    Graduates were not published: the base is what each junior high was given in all.
    """
    table = jiading_table(year)
    totals = {high: sum(row[high] for row in table.values()) for high in _first(table.values())}
    county = _district(
        id="jiading",
        name="嘉定区",
        seat=(31.38, 121.27),
        as_of=f"{year}-05",
        notes=published_notes.jiading(year),
        schools=[
            _school(
                number,
                name,
                "jiading",
                figures=(SchoolFigure(name=PUBLISHED_TOTAL, amount=Decimal(sum(row.values()))),),
            )
            for number, (name, row) in enumerate(table.items(), start=1)
        ],
        highs=[
            _senior(f"H{number}", name, places)
            for number, (name, places) in enumerate(totals.items(), start=1)
        ],
    )
    return Scenario(
        title=f"上海嘉定 {year}：由公布的合计重新分配",
        notes=published_notes.JIADING_RULES,
        county=county,
        admission=_admission(
            AdmissionTerms(base="column", column=PUBLISHED_TOTAL, rounding="controlled"),
            {"rule": "pair_minimum_floor", "firmness": "must", "parameters": {"per_pair": 1}},
        ),
    )


def jiading_plan(year: int = 2023) -> Plan:
    """Jiading's quota table of a year as it was published."""
    table = jiading_table(year)
    highs = {name: f"H{n}" for n, name in enumerate(_first(table.values()), start=1)}
    schools = {name: _code(n) for n, name in enumerate(table, start=1)}
    return _plan(
        (highs[high], schools[name], places)
        for name, row in table.items()
        for high, places in row.items()
    )


def conghua_scenario() -> Scenario:
    """Conghua's quota places of 2026, with protected junior highs as they were inferred."""
    table, found = conghua_table(), conghua_inference()
    county = _district(
        id="conghua",
        name="从化区",
        seat=(23.55, 113.59),
        as_of="2026-05",
        notes=published_notes.conghua(
            found, conghua_inference(whole=True), conghua_inference(CITY)
        ),
        schools=[
            _school(
                number,
                name,
                "conghua",
                graduates=row["eligible_graduates"],
                weak=name in found.flagged,
                private=_PRIVATE in name,
            )
            for number, (name, row) in enumerate(table.items(), start=1)
        ],
        highs=[
            _senior(CITY, "市属高中", _sum(table, "city_quota"), tops_up=False),
            _senior(DISTRICT, "区属高中", _sum(table, "district_quota")),
        ],
    )
    return Scenario(
        title="广州从化 2026：公布的毕业生数，推断的薄弱初中",
        notes=published_notes.CONGHUA_RULES,
        county=county,
        admission=_admission(
            AdmissionTerms(base="registered", rounding="divisor", method="webster"),
            {
                "rule": "top_up_floor",
                "firmness": "should",
                "parameters": {"areas": (), "weak": True, "per": PER, "rounding": "half_up"},
            },
        ),
    )


def conghua_plan() -> Plan:
    """Conghua's quota places of 2026 as they were published."""
    return _plan(
        (high, _code(n), row[f"{high}_quota"])
        for n, row in enumerate(conghua_table().values(), start=1)
        for high in (CITY, DISTRICT)
    )


def conghua_inference(row: str = DISTRICT, *, whole: bool = False) -> Inference:
    """Base rate and protected junior highs that fit a published row of Conghua best."""
    return infer(
        (
            Published(name, figures["eligible_graduates"], figures[f"{row}_quota"])
            for name, figures in conghua_table().items()
        ),
        whole=whole,
    )


def jiading_table(year: int) -> dict[str, dict[str, int]]:
    """Junior high -> senior high -> places, as published."""
    return _table(f"jiading-{year}")


def conghua_table() -> dict[str, dict[str, int]]:
    """Junior high -> eligible graduates and quota places of city and district, as published."""
    return _table("conghua-2026")


def _table(name: str) -> dict[str, dict[str, int]]:
    text = files("allocator.samples").joinpath("tables", f"{name}.csv").read_text("utf-8")
    return {
        row.pop("junior_high"): {column: int(cell) for column, cell in row.items()}
        for row in csv.DictReader(text.splitlines())
    }


def _first(rows: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    return next(iter(rows))


def _sum(table: Mapping[str, Mapping[str, int]], column: str) -> int:
    return sum(row[column] for row in table.values())


def _code(number: int) -> str:
    return f"J{number:02d}"


def _school(number: int, name: str, township: str, graduates: int = 0, **flags: Any) -> School:
    """A junior high of which no more is known than its graduates, or not even those."""
    section = Section(
        stage="junior",
        classes=(0, 0, 0),
        pupils=graduates,
        graduates=graduates,
        registered_graduates=graduates,
    )
    code = _code(number)
    campus = Campus(id=f"{code}c", name=name, township=township, sections=(section,))
    return School(id=code, name=name, campuses=(campus,), **flags)


def _senior(id: str, name: str, quota: int, **flags: Any) -> SeniorHigh:
    """A senior high of which only the quota is known: no further places are."""
    return SeniorHigh(id=id, name=name, places=quota, quota_places=quota, **flags)


def _district(
    *,
    id: str,
    name: str,
    seat: tuple[float, float],
    as_of: str,
    notes: str,
    schools: list[School],
    highs: list[SeniorHigh],
) -> County:
    """A district as one township: nothing finer was published."""
    township = Township(
        id=id,
        name=name,
        kind="subdistrict",
        area_class="urban",
        zone=id,
        latitude=seat[0],
        longitude=seat[1],
    )
    return County(
        name=name,
        as_of=as_of,
        notes=notes,
        zones=(Zone(id=id, name=name),),
        townships=(township,),
        schools=tuple(schools),
        senior_highs=tuple(highs),
    )


def _admission(terms: AdmissionTerms, *rules: dict[str, Any]) -> Admission:
    return Admission.model_validate({"rules": list(rules), "terms": terms})


def _plan(cells: Iterable[tuple[str, str, int]]) -> Plan:
    return Plan(
        quotas=tuple(
            QuotaCell(senior_high=high, junior_high=school, places=places)
            for high, school, places in sorted(cells)
            if places
        )
    )
