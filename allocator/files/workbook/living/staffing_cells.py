"""The staffing sheets with living cells: what is there without the movers, and the movers added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from allocator.county.indicators import (
    INDICATORS,
    PER_PUPIL,
    STAFF_INDICATORS,
    THRESHOLDS,
    counts_for,
)
from allocator.county.supply import ON_POSTS
from allocator.files.workbook.living.checks import FUZZ
from allocator.files.workbook.living.movers import Living
from allocator.files.workbook.sheet import FIRST_ROW, Formula, Letters, Sheet
from allocator.insight.balance_tables import resource_floor
from allocator.insight.staffing_tables import famous_rule
from allocator.insight.vocabulary import KEPT, STAGE, YES_NO
from allocator.modelling import Text

_NO = Text("编号", "No.")
_SCHOOL_NO = Text("学校编号", "School no.")
_LOW = Text("过低项数", "Indicators too low")


def alive(sheet: Sheet, living: Living | None) -> Sheet:
    """A sheet with living cells, where its identity has some."""
    make = _ALIVE.get(sheet.identity)
    if living is None or make is None or sheet.table.empty:
        return sheet
    return make(sheet, living)


def _with(
    sheet: Sheet,
    living: Living,
    keys: Mapping[str, tuple[Text, Sequence[Any]]],
    called: Mapping[str, str],
    formulas: Mapping[str, Formula],
) -> Sheet:
    """A sheet with key columns, names and formulas added."""
    table = sheet.table.assign(**{code: list(values) for code, (_, values) in keys.items()})
    return replace(
        sheet,
        table=table,
        names={**sheet.names, **{code: text.say(living.lang) for code, (text, _) in keys.items()}},
        hidden=(*sheet.hidden, *keys),
        called={**sheet.called, **called},
        formulas={**sheet.formulas, **formulas},
    )


def _listed(sheet: Sheet, living: Living) -> Sheet:
    """A list of moves: what is looked up on it, and where it sent people when it was written."""
    codes = [c for c in ("from_section", "to_section") if c in sheet.table]
    called = {f"{sheet.identity}_{c}": c for c in ("teacher", "to_school", "to_campus")}
    del living
    return replace(sheet, hidden=(*sheet.hidden, *codes), called={**sheet.called, **called})


def _coverage(sheet: Sheet, living: Living) -> Sheet:
    table, county = sheet.table, living.seen.county
    keys = list(zip(table["section"], table["subject_id"], strict=True))
    no = [living.cell(*key) for key in keys]
    moving = {m.teacher.id for m in living.movers}
    less: Counter[tuple[str, str]] = Counter()
    moved_less: Counter[tuple[str, str]] = Counter()
    for place, staff in living.seen.after.staff.items():
        for t in staff:
            (moved_less if t.id in moving else less)[place, t.subject] += t.reduction
    reduced = any(t.reduction for t in county.teachers if t.id in moving)
    can = [
        min(need, load * (people + more) - less[key] - moved_less[key])
        for key, need, load, people, more in zip(
            keys, table["needed"], table["load"], table["teachers_after"], table["supply_after"],
            strict=True,
        )
    ]  # fmt: skip
    exact = [a == b for a, b in zip(can, table["covered_after"], strict=True)]

    def people(at: Letters, row: int) -> str:
        n = no[row - FIRST_ROW]
        return (
            f"={at['teachers_before']}{row}-COUNTIF(moves_from_cell,{n})+COUNTIF(moves_at_cell,{n})"
        )

    def covered(at: Letters, row: int) -> str:
        n = row - FIRST_ROW
        if not exact[n]:
            return ""
        load, there = f"{at['load']}{row}", f"{at['teachers_after']}{row}"
        periods = f"{load}*({there}+{at['supply_after']}{row})"
        if less[keys[n]]:
            periods += f"-{less[keys[n]]}"
        if reduced:
            periods += f"-SUMIF(moves_at_cell,{no[n]},moves_less)"
        return f"=MIN({at['needed']}{row},{periods})"

    return _with(
        sheet,
        living,
        {"no": (_NO, no)},
        {
            "coverage_stage": "stage",
            "coverage_subject": "subject",
            "coverage_township": "township",
            "coverage_needed": "needed",
            "coverage_uncovered_before": "uncovered_before",
            "coverage_uncovered_after": "uncovered_after",
        },
        {
            **({"teachers_after": people} if living.movers else {}),
            "covered_after": covered,
            "uncovered_after": _less("needed", "covered_after"),
        },
    )


def _less(whole: str, part: str) -> Formula:
    return lambda at, row: f"={at[whole]}{row}-{at[part]}{row}"


def _more(part: str, whole: str) -> Formula:
    """What is above a limit, or missing to a number, never below zero."""
    return lambda at, row: f"=MAX(0,{at[part]}{row}-{at[whole]}{row})"


def _famous(sheet: Sheet, living: Living) -> Sheet:
    rule, county = famous_rule(living.scenario), living.seen.county
    places = {school: here for school, here, _ in rule.schools(county)}
    moving = {m.teacher.id: m for m in living.movers}
    ids = list(sheet.table["school_id"])
    counted: dict[str, float] = {}
    for id in ids:
        here = {p.id for p in places[id]}
        moved = sum(
            living.famous_weights(m)[0 if m.exchange and m.move.ground != "return" else 1]
            for m in moving.values()
            if m.destination.id in here and m.teacher.status == "in_post"
        )
        counted[id] = float(rule.counted_at(living.seen.after, places[id])) - moved

    def have(at: Letters, row: int) -> str:
        id = ids[row - FIRST_ROW]
        there = "+".join(
            f"SUMIF(moves_at,{living.place_no[p.id]},moves_famous_now)" for p in places[id]
        )
        return f"={round(counted[id], 9):g}+{there}"

    def missing(at: Letters, row: int) -> str:
        gap = f"{at['need']}{row}-{at['have_after']}{row}"
        return f"=MAX(0,ROUNDUP(ROUND({gap},6),0))"

    return _with(
        sheet,
        living,
        {"school_no": (_SCHOOL_NO, [living.school_no[id] for id in ids])},
        {
            "famous_school_no": "school_no",
            "famous_have_after": "have_after",
            "famous_missing_after": "missing_after",
        },
        {**({"have_after": have} if living.movers else {}), "missing_after": missing},
    )


def _posts(sheet: Sheet, living: Living) -> Sheet:
    table = sheet.table
    keys = list(zip(table["school_id"], table["stage"], table["subject_id"], strict=True))
    no = [living.post(*key) for key in keys]
    hired: Counter[tuple[str, str, str]] = Counter()
    for entry in living.seen.after.plan.supply:
        place = living.seen.county.places[entry.section]
        if entry.kind in ON_POSTS:
            hired[place.school.id, place.stage, entry.subject] += entry.count
    transfers = any(m.move.kind == "transfer" for m in living.movers)

    def held(at: Letters, row: int) -> str:
        n = row - FIRST_ROW
        text = f"={at['in_post_before']}{row}"
        if hired[keys[n]]:
            text += f"+{hired[keys[n]]}"
        if transfers:
            text += f"-COUNTIF(moves_post_from,{no[n]})+COUNTIF(moves_post_at,{no[n]})"
        return text

    return _with(
        sheet,
        living,
        {
            "no": (_NO, no),
            "school_no": (_SCHOOL_NO, [living.school_no[s] for s, *_ in keys]),
        },
        {
            "posts_no": "no",
            "posts_school_no": "school_no",
            "posts_posts": "posts",
            "posts_in_post_after": "in_post_after",
            "posts_over_after": "over_after",
            "posts_short_after": "short_after",
        },
        {
            "posts": lambda at, row: (
                f"=IF(ISNUMBER({at['agreed']}{row}),{at['agreed']}{row},{at['proposed']}{row})"
            ),
            "in_post_after": held,
            **{f"over_{when}": _more(f"in_post_{when}", "posts") for when in ("before", "after")},
            **{f"short_{when}": _more("posts", f"in_post_{when}") for when in ("before", "after")},
        },
    )


def _establishment(sheet: Sheet, living: Living) -> Sheet:
    ids = list(sheet.table["school_id"])
    known = sheet.table["establishment"].notna().tolist()

    def of_posts(column: str) -> Formula:
        return lambda at, row: (
            f"=SUMIF(posts_school_no,{living.school_no[ids[row - FIRST_ROW]]},posts_{column})"
        )

    def against(text: str) -> Formula:
        def formula(at: Letters, row: int) -> str:
            if not known[row - FIRST_ROW]:
                return ""
            teaching = f"({at['establishment']}{row}-{at['non_teaching']}{row})"
            cells = {c: f"{at[c]}{row}" for c in ("posts", "on_establishment_after")}
            return "=" + text.format(teaching=teaching, **cells)

        return formula

    return _with(
        sheet,
        living,
        {"school_no": (_SCHOOL_NO, [living.school_no[id] for id in ids])},
        {
            f"establishment_{c}": c
            for c in (
                "establishment", "non_teaching", "on_establishment_before",
                "on_establishment_after",
            )
        },
        {
            "posts": of_posts("posts"),
            "on_establishment_after": of_posts("in_post_after"),
            "beyond": against("MAX(0,{posts}-{teaching})"),
            "free_after": against("MAX(0,{teaching}-{on_establishment_after})"),
            "above_after": against("MAX(0,{on_establishment_after}-{teaching})"),
        },
    )  # fmt: skip


def _schools(sheet: Sheet, living: Living) -> Sheet:
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
            per = PER_PUPIL[indicator]  # type: ignore[index]
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
    return _with(
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


def _indicators(sheet: Sheet, living: Living) -> Sheet:
    """Difference coefficients, from the schools' indicators."""
    table = sheet.table
    lines = list(zip(table["stage"], table["indicator"], strict=True))
    judged = table["kept"].notna().tolist()
    old = table["before"].notna().tolist()
    first = {stage: FIRST_ROW + [s for s, _ in lines].index(stage) for stage, _ in lines}
    yes, no = (KEPT[kept].say(living.lang) for kept in (True, False))

    def after(at: Letters, row: int) -> str:
        stage, indicator = lines[row - FIRST_ROW]
        if indicator in INDICATORS:
            return f"={coefficient(indicator, STAGE[stage].say(living.lang))}"
        each = [r for r, line in enumerate(lines, FIRST_ROW)
                if line[0] == stage and line[1] in INDICATORS]  # fmt: skip
        cells = f"{at['after']}{first[stage]}:{at['after']}{each[-1]}"
        return f"={'AVERAGE' if indicator == 'mean' else 'MAX'}({cells})"

    def kept(at: Letters, row: int) -> str:
        if not judged[row - FIRST_ROW]:
            return ""
        return f'=IF({at["after"]}{row}-{at["target"]}{row}<={FUZZ},"{yes}","{no}")'

    return replace(
        _with(
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
    )


def coefficient(indicator: str, stage: str) -> str:
    """The pupil-weighted difference coefficient of an indicator over the schools of a stage."""
    values = f"school_indicators_{indicator.lower()}"
    weights = f'(school_indicators_stage="{stage}")*ISNUMBER({values})*school_indicators_pupils'
    pupils = f"SUMPRODUCT({weights})"
    mean = f"SUMPRODUCT({weights}*{values})/{pupils}"
    return f"SQRT(SUMPRODUCT({weights}*({values}-{mean})^2)/{pupils})/({mean})"


_ALIVE: Mapping[str, Callable[[Sheet, Living], Sheet]] = {
    "exchange_list": _listed,
    "transfers": _listed,
    "returns": _listed,
    "heads_internal": _listed,
    "coverage": _coverage,
    "famous_teachers": _famous,
    "posts": _posts,
    "establishment": _establishment,
    "school_indicators": _schools,
    "indicators": _indicators,
}
LISTS = ("exchange_list", "transfers", "returns", "heads_internal")
"""Identities of the lists on which a destination may be changed."""
