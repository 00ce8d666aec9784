"""The quota sheets with living cells, and the rules of a quota table that formulas count again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from allocator.admission.entitlement import Entitlement
from allocator.admission.rules.channel_limits import ChannelLimits
from allocator.admission.rules.graduates_cap import GraduatesCap
from allocator.admission.rules.pair_minimum import PairMinimumFloor
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.audit import Verdict
from allocator.county.places import SeniorHigh
from allocator.county.plan import Plan
from allocator.files.workbook.chart import Chart
from allocator.files.workbook.living.checks import Check
from allocator.files.workbook.living.counted import Counted
from allocator.files.workbook.sheet import FIRST_ROW, Alarm, Letters, Sheet, reads
from allocator.insight.admission_tables import divided_senior_highs, entitlement, quota_matrix
from allocator.insight.vocabulary import KEPT
from allocator.modelling import Language, Rule, Text, required
from allocator.scenario import Scenario

MATRIX = Text("名额分配表", "Quota matrix")
SHARES = Text("名额比例", "Quota shares")

_NO = Text("编号", "No.")
_SUM = Text("名额合计与应分名额", "Sum of the places of a senior high")
_GIVEN = Text("分配名额", "places divided")
_READ = Text("说明", "How to read this")
_SHARES = Text(
    "分配名额取自名额分配表，在那里改动任何一格，这里立即重新计算；“应分名额”为本次应分出的名额数，"
    "各高中合计必须与之相等。",
    "Places come from the quota matrix: change one there and it counts here at once. Quota: what "
    "the senior high has to divide; its places must add up to that.",
)
_CHART = Text("各高中名额比例与下限", "Share of quota places, and the floor")


@dataclass(frozen=True)
class LivingQuotas:
    """A quota table as the formulas of its workbook count it."""

    scenario: Scenario
    plan: Plan
    lang: Language

    @cached_property
    def due(self) -> Entitlement:
        """What each junior high may claim."""
        return entitlement(self.scenario)

    @cached_property
    def highs(self) -> list[SeniorHigh]:
        """Senior highs that divide places, in the order of the matrix."""
        return divided_senior_highs(self.scenario, self.plan)

    @cached_property
    def rows(self) -> Mapping[str, int]:
        """Junior high or pool -> its number in the matrix."""
        return {id: n for n, id in enumerate(self.due.claimants, start=1)}

    def given(self, high: str) -> str:
        """The places of a senior high in all."""
        ids = [h.id for h in self.highs]
        return f"SUM(quota_matrix_p{ids.index(high) + 1})" if high in ids else ""

    def received(self, claimant: str) -> str:
        """The places of a junior high in all."""
        return f"SUMIF(quota_matrix_no,{self.rows[claimant]},quota_matrix_total)"


def living_quotas(scenario: Scenario, plan: Plan, lang: Language) -> LivingQuotas | None:
    """A quota table as formulas count it; None where there is none."""
    return LivingQuotas(scenario, plan, lang) if plan.quotas else None


def alive_quotas(sheet: Sheet, living: LivingQuotas | None) -> Sheet:
    """The matrix with the names that other formulas count on."""
    if living is None or sheet.identity != "quota_matrix" or sheet.table.empty:
        return sheet
    places = [c for c in map(str, sheet.table.columns) if c.startswith("places:")]
    return replace(
        sheet,
        table=sheet.table.assign(no=range(1, len(sheet.table) + 1)),
        names={**sheet.names, "no": _NO.say(living.lang)},
        hidden=(*sheet.hidden, "school_id", "no"),
        called={
            **sheet.called,
            "quota_matrix_no": "no",
            "quota_matrix_total": "total",
            **{f"quota_matrix_p{n}": code for n, code in enumerate(places, start=1)},
        },
    )


def quota_counted(living: LivingQuotas, rule: Rule, heard: Verdict) -> tuple[Counted, ...]:
    """Every reading of a verdict by formula; nothing where some reading cannot be."""
    make = _COUNTED.get(type(rule))
    found = tuple(make(living, rule, heard)) if make is not None else ()
    return found if len(found) == len(heard.readings) else ()


def _share(living: LivingQuotas, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    if not isinstance(rule, QuotaShareFloor):
        return
    every = [h.id for h in living.scenario.county.senior_highs if h.quality]
    for reading in heard.readings:
        asked = sorted(every) if reading.where == "county" else [reading.where]
        sums = [text for high in asked if (text := living.given(high))]
        yield Counted(reading, f"={'+'.join(sums)}" if sums else "", SHARES)


def _received(living: LivingQuotas, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    del rule
    for reading in heard.readings:
        yield Counted(reading, f"={living.received(reading.where)}", MATRIX)


def _pairs(living: LivingQuotas, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    del rule
    ids = [h.id for h in living.highs]
    for reading in heard.readings:
        high, _, junior = reading.where.partition(":")
        column = f"quota_matrix_p{ids.index(high) + 1}"
        yield Counted(reading, f"=SUMIF(quota_matrix_no,{living.rows[junior]},{column})", MATRIX)


def _channels(living: LivingQuotas, rule: Rule, heard: Verdict) -> Iterator[Counted]:
    del rule
    highs = {h.id: h for h in living.scenario.county.senior_highs}
    for reading in heard.readings:
        id, _, channel = reading.where.rpartition(":")
        high, given = highs[id], living.given(id)
        left = high.places - high.self_recruitment - high.specialty
        moves = channel == "unified" and high.unified is None and given
        yield Counted(reading, f"={left}-{given}" if moves else "", SHARES)


_COUNTED: Mapping[type[Rule], Callable[[LivingQuotas, Rule, Verdict], Iterator[Counted]]] = {
    QuotaShareFloor: _share,
    ProtectedFloor: _received,
    SchoolMinimumFloor: _received,
    GraduatesCap: _received,
    PairMinimumFloor: _pairs,
    ChannelLimits: _channels,
}


def sum_checks(living: LivingQuotas) -> Iterator[Check]:
    """Whether each senior high divides what it has to, where it does today."""
    table = quota_matrix(living.scenario, living.plan)
    for high in living.highs:
        given, quota = int(table[f"places:{high.id}"].sum()), living.due.quotas.get(high.id)
        if given == quota:
            yield Check(
                title=_SUM.say(living.lang),
                place=high.name,
                measure=_GIVEN.say(living.lang),
                actual=f"={living.given(high.id)}",
                value=given,
                sense="==",
                asked=quota,
                unit="places",
                sheet=MATRIX,
            )


def share_sheet(living: LivingQuotas) -> Sheet:
    """What each senior high divides of its places, against the floor in force."""
    county, lang = living.scenario.county, living.lang
    rule = next(
        (
            c.rule
            for c in living.scenario.configured("admission")
            if isinstance(c.rule, QuotaShareFloor) and c.rule.over == "each"
        ),
        None,
    )
    table = quota_matrix(living.scenario, living.plan)
    rows = []
    for high in living.highs:
        given, share = int(table[f"places:{high.id}"].sum()), None
        if rule is not None and high.quality:
            share = rule.share(county)
        least = None if share is None else required(share, high.places, up=True)
        rows.append(
            {
                "high_name": high.name,
                "places_planned": high.places,
                "quota_due": living.due.quotas.get(high.id),
                "quota_given": given,
                "quota_part": given / high.places if high.places else None,
                "part_asked": None if share is None else float(share),
                "least_given": least,
                "kept": None if least is None else given >= least,
            }
        )
    frame = pd.DataFrame(rows).astype(
        {"quota_due": "Int64", "least_given": "Int64", "kept": "boolean",
         "quota_part": "float64", "part_asked": "float64"}
    )  # fmt: skip
    yes, no = (KEPT[kept].say(lang) for kept in (True, False))

    def part(at: Letters, row: int) -> str:
        if not living.highs[row - FIRST_ROW].places:
            return ""
        return f"={at['quota_given']}{row}/{at['places_planned']}{row}"

    def kept(at: Letters, row: int) -> str:
        if rows[row - FIRST_ROW]["kept"] is None:
            return ""
        return f'=IF({at["quota_given"]}{row}>={at["least_given"]}{row},"{yes}","{no}")'

    return Sheet(
        SHARES,
        Text("各高中名额分配比例", "Share of places that each senior high divides"),
        frame,
        fixed=1,
        totals=("places_planned", "quota_due", "quota_given"),
        formulas={
            "quota_given": lambda at, row: f"={living.given(living.highs[row - FIRST_ROW].id)}",
            "quota_part": part,
            "kept": kept,
        },
        alarms=(
            reads("kept", no),
            Alarm("quota_part", lambda at, row: f'=${at["kept"]}{row}="{no}"'),
            Alarm(
                "quota_given",
                lambda at, row: (
                    f"=AND(ISNUMBER(${at['quota_due']}{row}),"
                    f"${at['quota_given']}{row}<>${at['quota_due']}{row})"
                ),
            ),
        ),
        below=((_READ.say(lang), _SHARES.say(lang)),),
        charts=(Chart(_CHART, "high_name", (("quota_part", "after"), ("part_asked", "target"))),),
    )
