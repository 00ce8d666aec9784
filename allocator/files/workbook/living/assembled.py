"""All living checks of an outcome, and which rules they judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from allocator.audit import Audit, Verdict
from allocator.files.workbook.living.checks import Check
from allocator.files.workbook.living.counted import Counted
from allocator.files.workbook.living.movers import Living
from allocator.files.workbook.living.quota_cells import LivingQuotas, quota_counted, sum_checks
from allocator.files.workbook.living.staffing_checks import EXCHANGE, FAMOUS, counted
from allocator.files.workbook.sheet import FIRST_ROW, Letters, Sheet
from allocator.insight.names import namer
from allocator.insight.staffing_tables import coverage, famous
from allocator.insight.vocabulary import KEPT
from allocator.modelling import Language, Rule, Text
from allocator.scenario import Scenario

COVERAGE = Text("学科课时覆盖", "Coverage")

_UNCLEAR = Text("名单去向可以识别", "Destinations on the lists are known")
_UNCLEAR_MEASURE = Text(
    "学校、校区、学段不能对应的人", "people whose school, campus and stage do not fit"
)
_ADDED = Text("名单没有新增的人", "Nobody is added to the lists")
_ADDED_MEASURE = Text("本表不计的人", "people whom these formulas do not count")
_UNCOVERED = Text("未开足课时不多于导出时", "No more uncovered periods than at export")
_UNCOVERED_MEASURE = Text("未开足课时", "uncovered periods")
_MISSING = Text("名师缺口不多于导出时", "No more famous teachers missing than at export")
_MISSING_MEASURE = Text("名师缺口", "famous teachers missing")
_COUNTY = Text("全县", "the county")


@dataclass(frozen=True)
class Assembled:
    """Every living check, county-wide ones first, and the numbers of the rules they judge."""

    checks: tuple[Check, ...]
    rules: Mapping[tuple[str, str], int]
    """(part, rule) -> number, of rules that formulas judge."""


def assembled(
    scenario: Scenario,
    audits: Sequence[Audit],
    living: Living | None,
    quotas: LivingQuotas | None,
    lang: Language,
) -> Assembled:
    """Every reading that can be counted by formula, and what no rule asks but an edit may spoil."""
    name = namer(scenario, lang)
    found: list[Check] = []
    rules: dict[tuple[str, str], int] = {}
    for verdict in (v for a in audits for v in a.verdicts):
        rule = _rule(scenario, verdict)
        lines = _counted(rule, verdict, living, quotas) if rule is not None else ()
        # What no edit can move is worth a row only where it is missed.
        shown = [line for line in lines if line.actual or not line.reading.kept]
        checks = [
            _check(rule, line, name(line.reading.where), lang, len(rules) + 1)
            for line in shown
            if rule is not None
        ]
        if not any(line.actual for line in shown) or any(
            c.kept is not line.reading.kept for c, line in zip(checks, shown, strict=True)
        ):
            continue
        rules[verdict.part, verdict.rule] = len(rules) + 1
        found += checks
    found += _beside(living, lang)
    if quotas is not None:
        found += sum_checks(quotas)
    wide = _COUNTY.say(lang)
    county = [c for c in found if c.place in ("", wide, name("county"))]
    return Assembled((*county, *(c for c in found if c not in county)), rules)


def _rule(scenario: Scenario, verdict: Verdict) -> Rule | None:
    configured = scenario.configured(verdict.part)
    return next((c.rule for c in configured if c.rule.name == verdict.rule), None)


def _counted(
    rule: Rule, verdict: Verdict, living: Living | None, quotas: LivingQuotas | None
) -> tuple[Counted, ...]:
    if verdict.part == "staffing":
        return counted(living, rule, verdict) if living is not None else ()
    return quota_counted(quotas, rule, verdict) if quotas is not None else ()


def _check(rule: Rule, line: Counted, place: str, lang: Language, number: int) -> Check:
    reading = line.reading
    return Check(
        title=rule.title.say(lang),
        place=place,
        measure=(reading.measure or rule.measure).say(lang),
        actual=line.actual,
        value=reading.actual,
        sense=reading.sense,
        asked=reading.limit,
        unit=reading.unit,
        sheet=line.sheet,
        limit=line.limit,
        rule=number,
    )


def _beside(living: Living | None, lang: Language) -> Iterator[Check]:
    """What no rule asks: lists that can be read, and no loss against the plan as it was."""
    if living is None or not living.movers:
        return
    listed = sorted({sheet for sheet, _ in living.lists.values()})
    wide = _COUNTY.say(lang)
    if listed:
        yield Check(
            _UNCLEAR.say(lang), wide, _UNCLEAR_MEASURE.say(lang),
            "=COUNTIF(moves_whole,-1)", 0, "<=", 0, "people", EXCHANGE,
        )  # fmt: skip
        there = "+".join(f"COUNTA({sheet}_teacher)" for sheet in listed)
        yield Check(
            _ADDED.say(lang), wide, _ADDED_MEASURE.say(lang),
            f'={there}-COUNTIF(moves_list_row,">0")', 0, "<=", 0, "people", EXCHANGE,
        )  # fmt: skip
    table = coverage(living.scenario, living.seen, lang)
    uncovered = int(table["uncovered_after"].sum())
    yield Check(
        _UNCOVERED.say(lang), wide, _UNCOVERED_MEASURE.say(lang),
        "=SUM(coverage_uncovered_after)", uncovered, "<=", uncovered, "periods", COVERAGE,
    )  # fmt: skip
    missing = int(famous(living.scenario, living.seen)["missing_after"].sum())
    if missing:
        yield Check(
            _MISSING.say(lang), wide, _MISSING_MEASURE.say(lang),
            "=SUM(famous_missing_after)", missing, "<=", missing, "people", FAMOUS,
        )  # fmt: skip


def rules_alive(sheet: Sheet, found: Assembled, lang: Language) -> Sheet:
    """The sheet of rules: verdicts count the living checks where there are some."""
    table = sheet.table
    number = [found.rules.get(key, 0) for key in zip(table["part"], table["rule"], strict=True)]
    judged = [
        "formula" if n else None if pd.isna(kept) else "export"
        for n, kept in zip(number, table["kept"], strict=True)
    ]
    after = list(table.columns).index("kept") + 1
    table = table.copy()
    table.insert(after, "judged_by", judged)
    table["no"] = number
    yes, no = (KEPT[kept].say(lang) for kept in (True, False))

    def broken(row: int) -> str:
        n = number[row - FIRST_ROW]
        return f'COUNTIFS(checks_rule_no,{n},checks_kept,"{no}")' if n else ""

    def kept(at: Letters, row: int) -> str:
        return f'=IF({text}>0,"{no}","{yes}")' if (text := broken(row)) else ""

    def missed(at: Letters, row: int) -> str:
        return f"={text}" if (text := broken(row)) else ""

    return replace(
        sheet,
        table=table,
        names={**sheet.names, "no": Text("规则序号", "Rule no.").say(lang)},
        hidden=(*sheet.hidden, "rule", "no"),
        formulas={**sheet.formulas, "kept": kept, "missed": missed},
    )
