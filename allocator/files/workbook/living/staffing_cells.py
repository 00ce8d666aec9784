"""The staffing sheets with living cells: what is there without the movers, and the movers added."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace

from allocator.county.supply import ON_POSTS
from allocator.files.workbook.chart import Chart, Tone
from allocator.files.workbook.living.cells import with_cells
from allocator.files.workbook.living.indicator_cells import coefficients, schools
from allocator.files.workbook.living.movers import Living
from allocator.files.workbook.sheet import FIRST_ROW, Formula, Letters, Sheet
from allocator.insight.staffing_tables import famous_rule
from allocator.modelling import Text

_NO = Text("编号", "No.")
_SCHOOL_NO = Text("学校编号", "School no.")
_LOW = Text("过低项数", "Indicators too low")
_NEED = Text("农村初中名师：应配与现有", "Rural junior highs: famous teachers needed and there")
_NEED_SERIES: tuple[tuple[str, Tone], ...] = (
    ("have_before", "before"), ("have_after", "after"), ("need", "target"),
)  # fmt: skip


def alive(sheet: Sheet, living: Living | None) -> Sheet:
    """A sheet with living cells, where its identity has some."""
    make = _ALIVE.get(sheet.identity)
    if living is None or make is None or sheet.table.empty:
        return sheet
    return make(sheet, living)


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

    return with_cells(
        sheet,
        living,
        {"no": (_NO, no)},
        {
            "coverage_stage": "stage",
            "coverage_no": "no",
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

    return with_cells(
        replace(sheet, charts=(Chart(_NEED, "school", _NEED_SERIES),)),
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

    return with_cells(
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

    return with_cells(
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


_ALIVE: Mapping[str, Callable[[Sheet, Living], Sheet]] = {
    "exchange_list": _listed,
    "transfers": _listed,
    "returns": _listed,
    "heads_internal": _listed,
    "coverage": _coverage,
    "famous_teachers": _famous,
    "posts": _posts,
    "establishment": _establishment,
    "school_indicators": schools,
    "indicators": coefficients,
}
LISTS = ("exchange_list", "transfers", "returns", "heads_internal")
"""Identities of the lists on which a destination may be changed."""
