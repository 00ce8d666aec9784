"""Compliance with the exchange rates: who counts, of how many, what is asked for, the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import pandas as pd

from allocator.county.county import County
from allocator.insight.view import BeforeAfter, Seen, before_after
from allocator.modelling import Firmness, Language, Reading, Rule
from allocator.scenario import Scenario
from allocator.staffing.base import in_base, public_schools
from allocator.staffing.rules.backbone_rate import BackboneRateFloor
from allocator.staffing.rules.backbone_share import BackboneShare
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.graduating_rate import GraduatingRateFloor
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor

_CountyRate: TypeAlias = ExchangeRateFloor | BackboneRateFloor | GraduatingRateFloor | BackboneShare
COUNTY_RATES: tuple[type[_CountyRate], ...] = (
    ExchangeRateFloor,
    BackboneShare,
    BackboneRateFloor,
    GraduatingRateFloor,
)
"""Rates of the whole county, in the order of the table."""

_Kind = TypeVar("_Kind", bound=Rule)


def chosen_rule(scenario: Scenario, kind: type[_Kind]) -> tuple[_Kind, Firmness]:
    """A rule as the scenario has it, with its firmness; its defaults where it is off."""
    for c in scenario.configured("staffing"):
        if isinstance(c.rule, kind):
            return c.rule, c.firmness
    return kind(), "off"


def county_rates(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """Every rate of the county: people counted, of how many, what is asked for, the verdict.

    A rule that is off is listed with its usual numbers and no verdict. The rate of urban and
    quality schools is the sum over them; ``schools_missed`` counts senders that miss theirs.
    """
    seen = before_after(scenario, plan)
    rows: list[dict[str, Any]] = []
    for kind in COUNTY_RATES:
        rule, firmness = chosen_rule(scenario, kind)
        found = next(iter(rule.readings(seen.county, seen.after)))
        whole = found.details["moved" if isinstance(rule, BackboneShare) else "base"]
        rows.append(_rate(rule, firmness, found.actual, whole, found.limit, found.kept, lang))
    sending, firmness = chosen_rule(scenario, SendingSchoolRateFloor)
    readings = list(sending.readings(seen.county, seen.after))
    missed = sum(not r.kept for r in readings)
    row = _rate(
        sending,
        firmness,
        sum(r.actual for r in readings),
        sum(r.details["base"] for r in readings),
        sum(r.limit for r in readings),
        not missed,
        lang,
    )
    rows.insert(1, row | {"short_people": int(sum(r.shortfall for r in readings)),
                          "schools_missed": missed})  # fmt: skip
    whole_numbers = ("counted", "base_people", "asked_people", "short_people", "schools_missed")
    return pd.DataFrame(rows, columns=list(_COUNTY)).astype(
        {
            **dict.fromkeys(whole_numbers, "Int64"),
            **dict.fromkeys(("rate", "asked_share"), "float64"),
            "kept": "boolean",
        }
    )


_COUNTY = (
    "rule", "title", "sentence", "firmness", "counted", "base_people", "rate", "asked_share",
    "asked_people", "short_people", "schools_missed", "kept", "clause",
)  # fmt: skip


def _rate(
    rule: _CountyRate | SendingSchoolRateFloor,
    firmness: Firmness,
    counted: float,
    whole: float,
    asked: float,
    kept: bool,
    lang: Language,
) -> dict[str, Any]:
    return {
        "rule": rule.name,
        "title": rule.title.say(lang),
        "sentence": rule.asks(lang),
        "firmness": firmness,
        "counted": int(counted),
        "base_people": int(whole),
        "rate": counted / whole if whole else None,
        "asked_share": float(rule.at_least),
        "asked_people": int(asked),
        "short_people": max(0, int(asked - counted)),
        "schools_missed": None,
        "kept": None if firmness == "off" else kept,
        "clause": rule.clause.say(lang),
    }


@dataclass(frozen=True)
class _Sender:
    """A school that has to send, alone or with the small schools of its zone."""

    reading: Reading
    pooled_with: str | None


def school_rates(scenario: Scenario, plan: Seen) -> pd.DataFrame:
    """Every public school: who counts, who is eligible, who is sent, the rate, the verdict.

    Counted as the rate of urban and quality schools counts, by its usual numbers where it is off.
    A small school is judged with the others of its zone: ``asked_people`` and ``kept`` are then
    those of all of them together. A school that does not have to send has neither.
    """
    seen = before_after(scenario, plan)
    county = seen.county
    rule, firmness = chosen_rule(scenario, SendingSchoolRateFloor)
    moved = rule.counted(seen.after)
    sent = Counter(m.origin.school.id for m in moved)
    backbone = Counter(m.origin.school.id for m in moved if m.teacher.backbone)
    received = Counter(m.destination.school.id for m in moved)
    senders = dict(_senders(rule, county, seen))
    people = _people(rule, county)
    rows: list[dict[str, Any]] = []
    for school, places in public_schools(county):
        sender = senders.get(school.id)
        base, gone = people["base_people"][school.id], sent[school.id]
        rows.append(
            {
                "school_id": school.id,
                "school": school.name,
                "township": places[0].township.name,
                "area": places[0].area_class,
                "listed": people["listed"][school.id],
                "eligible_people": people["eligible_people"][school.id],
                "base_people": base,
                "sent": gone,
                "rate": gone / base if base else None,
                "sent_backbone": backbone[school.id],
                "backbone_share": backbone[school.id] / gone if gone else None,
                "received": received[school.id],
                "sender": sender is not None,
                "pooled_with": sender.pooled_with if sender else None,
                "asked_share": float(rule.at_least) if sender else None,
                "asked_people": int(sender.reading.limit) if sender else None,
                "kept": sender.reading.kept if sender and firmness != "off" else None,
            }
        )
    shares = ("rate", "backbone_share", "asked_share")
    return pd.DataFrame(rows, columns=list(_SCHOOLS)).astype(
        {**dict.fromkeys(shares, "float64"), "asked_people": "Int64", "kept": "boolean"}
    )


_SCHOOLS = (
    "school_id", "school", "township", "area", "listed", "eligible_people", "base_people", "sent",
    "rate", "sent_backbone", "backbone_share", "received", "sender", "pooled_with", "asked_share",
    "asked_people", "kept",
)  # fmt: skip


def _people(rule: SendingSchoolRateFloor, county: County) -> Mapping[str, Counter[str]]:
    """By school: teachers on its rolls, eligible, in the rate base."""
    found = {what: Counter[str]() for what in ("listed", "eligible_people", "base_people")}
    for teacher in county.teacher.values():
        school = county.home(teacher).school.id
        found["listed"][school] += 1
        found["eligible_people"][school] += county.standings[teacher.id].eligible
        found["base_people"][school] += in_base(county, teacher, rule.base)
    return found


def _senders(
    rule: SendingSchoolRateFloor, county: County, seen: BeforeAfter
) -> Iterator[tuple[str, _Sender]]:
    """School -> the reading it is judged by, alone or pooled by zone."""
    zones = {z.id: z.name for z in county.zones}
    found = {r.where: r for r in rule.readings(county, seen.after)}
    for where, places in rule.senders(county).items():
        for school in {p.school.id for p in places}:
            pooled = None if where == school else zones.get(where, where)
            yield school, _Sender(found[where], pooled)
