"""The indicator sheets with living cells: people counted at schools, and the coefficients."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from allocator.county.indicators import (
    INDICATORS,
    PER_PUPIL,
    STAFF_INDICATORS,
    THRESHOLDS,
    counts_for,
    staff_totals,
)
from allocator.files.workbook.chart import Chart, Tone
from allocator.files.workbook.living.cells import with_cells
from allocator.files.workbook.living.checks import FUZZ
from allocator.files.workbook.living.movers import Living
from allocator.files.workbook.sheet import FIRST_ROW, Formula, Letters, Sheet
from allocator.insight.balance_tables import balance_cap, resource_floor
from allocator.insight.vocabulary import KEPT, STAGE, YES_NO
from allocator.modelling import Text

_NO = Text("编号", "No.")
_LOW = Text("过低项数", "Indicators too low")
_CHART = {
    "primary": Text("小学校际差异系数：前、后与目标", "Primary: before, after and target"),
    "junior": Text("初中校际差异系数：前、后与目标", "Junior: before, after and target"),
}


def schools(sheet: Sheet, living: Living) -> Sheet:
    """Every school's indicators: L1 to L3 move with people, what is reached follows."""
    table, rule = sheet.table, resource_floor(living.scenario)
    keys = list(zip(table["school_id"], table["stage"], strict=True))
    no = [living.row_no[key] for key in keys]
    stages = list(table["stage"])
    pupils = list(table["pupils"])
    data = {i: table[i].notna().tolist() for i in INDICATORS}
    moved: Counter[tuple[tuple[str, str], str]] = Counter()
    for m in living.movers:
        for i in STAFF_INDICATORS:
            if m.teacher.status == "in_post" and counts_for(i, m.teacher, living.seen.county):
                moved[(m.destination.school.id, m.destination.stage), i] += 1
    least = float(rule.others_at_least)

    def counted(indicator: str) -> Formula:
        def formula(at: Letters, row: int) -> str:
            n = row - FIRST_ROW
            per = PER_PUPIL[indicator]
            there = round(table[indicator].iloc[n] * pupils[n] / per) - moved[keys[n], indicator]
            people = f"{there}+SUMIF(moves_at_row,{no[n]},moves_{indicator.lower()})"
            return f"={per}*({people})/{at['pupils']}{row}"

        return formula

    def parts(at: Letters, row: int) -> list[str]:
        n = row - FIRST_ROW
        return [f"{at[i]}{row}/{THRESHOLDS[i][stages[n]]}" for i in INDICATORS if data[i][n]]

    def met(at: Letters, row: int) -> str:
        return "=" + "+".join(f"({part}>=1)" for part in parts(at, row))

    def low(at: Letters, row: int) -> str:
        return "=" + "+".join(f"({part}<{least}-{FUZZ})" for part in parts(at, row))

    def reached(at: Letters, row: int) -> str:
        if not all(data[i][row - FIRST_ROW] for i in INDICATORS):
            return ""
        enough = f"AND({at['met']}{row}>={rule.met_at_least},{at['below_least']}{row}=0)"
        yes, no = (YES_NO[answer].say(living.lang) for answer in (True, False))
        return f'=IF({enough},"{yes}","{no}")'

    below = [
        sum(
            table[i].iloc[n] / THRESHOLDS[i][stages[n]] < least - 1e-9
            for i in INDICATORS
            if data[i][n]
        )
        for n in range(len(table))
    ]
    staff: dict[str, Formula] = {i: counted(i) for i in STAFF_INDICATORS} if living.movers else {}
    return with_cells(
        sheet,
        living,
        {"below_least": (_LOW, below), "no": (_NO, no)},
        {
            "school_indicators_no": "no",
            "school_indicators_stage": "stage",
            "school_indicators_pupils": "pupils",
            "school_indicators_met": "met",
            "school_indicators_low": "below_least",
            **{f"school_indicators_{i.lower()}": i for i in INDICATORS},
        },
        {**staff, "met": met, "below_least": low, "reached": reached},
    )


def coefficients(sheet: Sheet, living: Living) -> Sheet:
    """Difference coefficients, from the schools' indicators."""
    table, cap = sheet.table, balance_cap(living.scenario)
    people = _everyone(living)
    lines = list(zip(table["stage"], table["indicator"], strict=True))
    judged = table["kept"].notna().tolist()
    old = table["before"].notna().tolist()
    first = {stage: FIRST_ROW + [s for s, _ in lines].index(stage) for stage, _ in lines}
    yes, no = (KEPT[kept].say(living.lang) for kept in (True, False))
    target: tuple[tuple[str, Tone], ...] = (("target", "target"),) if any(judged) else ()

    def after(at: Letters, row: int) -> str:
        stage, indicator = lines[row - FIRST_ROW]
        if indicator in INDICATORS:
            total = people.get((stage, indicator))
            return f"={coefficient(indicator, STAGE[stage].say(living.lang), total)}"
        asked: tuple[str, ...] = INDICATORS
        if indicator == "capped" and cap is not None:
            asked = cap.asked
        cells = ",".join(
            f"{at['after']}{r}"
            for r, line in enumerate(lines, FIRST_ROW)
            if line[0] == stage and line[1] in asked
        )
        mean = indicator == "mean" or (indicator == "capped" and cap and cap.binds == "mean")
        return f"={'AVERAGE' if mean else 'MAX'}({cells})"

    def kept(at: Letters, row: int) -> str:
        if not judged[row - FIRST_ROW]:
            return ""
        return f'=IF({at["after"]}{row}-{at["target"]}{row}<={FUZZ},"{yes}","{no}")'

    return replace(
        with_cells(
            sheet,
            living,
            {},
            {"indicators_after": "after"},
            {
                "after": after,
                "change": lambda at, row: (
                    f"={at['after']}{row}-{at['before']}{row}" if old[row - FIRST_ROW] else ""
                ),
                "kept": kept,
            },
        ),
        filtered=False,
        charts=tuple(
            Chart(
                _CHART[stage],
                "indicator",
                (("before", "before"), ("after", "after"), *target),
                (top - FIRST_ROW, sum(s == stage for s, _ in lines)),
            )
            for stage, top in first.items()
        ),
    )


def _everyone(living: Living) -> Mapping[tuple[str, str], int]:
    """Everyone who counts at a stage, where some serve at sections without pupils.

    Nobody moves to another stage, so this is the same whatever is changed in the lists.
    """
    seen = living.seen
    there: Counter[tuple[str, str]] = Counter()
    for row in seen.rows_after:
        there.update({(row.stage, i): round(row.counts[i]) for i in STAFF_INDICATORS})
    people = staff_totals(seen.county, seen.after.serving, seen.after.plan.supply)
    return {key: number for key, number in people.items() if number != there[key]}


def coefficient(indicator: str, stage: str, everyone: int | None = None) -> str:
    """The pupil-weighted difference coefficient of an indicator over the schools of a stage.

    Parameters
    ----------
    everyone
        How many count, where that is more than serve at schools with pupils.
    """
    values = f"school_indicators_{indicator.lower()}"
    weights = f'(school_indicators_stage="{stage}")*ISNUMBER({values})*school_indicators_pupils'
    pupils = f"SUMPRODUCT({weights})"
    mean = f"SUMPRODUCT({weights}*{values})/{pupils}"
    if everyone is not None:
        mean = f"{PER_PUPIL[indicator]}*{everyone}/{pupils}"
    return f"SQRT(SUMPRODUCT({weights}*({values}-{mean})^2)/{pupils})/({mean})"
