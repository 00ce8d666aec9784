"""The sheets of a quota division: the office's matrix, how it came about, and its living check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from allocator.admission.signposts import Method
from allocator.files.workbook.sheet import FIRST_ROW, Alarm, Formula, Mark, Sheet, reads
from allocator.insight import tables
from allocator.insight.quota_division import Division, division
from allocator.insight.quota_method import method
from allocator.insight.quota_tables import (
    quota_checks,
    quota_multipliers,
    quota_steps,
    quota_ties,
)
from allocator.insight.vocabulary import HELD, YES_NO
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome

MATRIX = Text("名额分配表", "Quota matrix")
_TITLE = Text("优质示范高中名额分配表", "Quota places of senior highs for junior highs")
_HOW = Text("方法", "Method")
_RULE = Text("规则", "Rule")
_READ = Text("说明", "How to read this")
_RULE_SAID = Text("{sentence}（{firmness}；依据：{clause}）", "{sentence} ({firmness}; {clause})")
_LEGEND: dict[Mark, Text] = {
    "floor": Text("由下限决定", "decided by a floor"),
    "cap": Text("由上限决定", "decided by a cap"),
    "tied": Text("并列，另有同样好的表", "a tie: another table is just as good"),
}
_CHECK = Text(
    "每格：应得 × 行乘数 × 列乘数 = 乘积；乘积在 d(k) 与 d(k+1) 之间即应得 k 个。"
    "名额取自名额分配表，在那里改动任何一格，这里立即显示不符。",
    "Each cell: claim × row multiplier × column multiplier = product; a product between d(k) and "
    "d(k+1) gives k places. Places come from the quota matrix: change one there and it shows here.",
)
_EXACT = Text(
    "精确乘数是分数，用它可以不带舍入误差地复核每一格。",
    "Exact multipliers are fractions: with them every cell can be checked without rounding error.",
)
_MOST_CELLS = 20_000
"""A larger table has no sheet of checks: its formulas would take minutes to write and to open."""
_TOO_LARGE = Text(
    "名额表超过 {n} 格，没有逐格验算表：请用 allocator audit 复核求解结果（JSON）。",
    "The table has more than {n} cells, so there is no sheet that checks each: let allocator audit "
    "check the outcome (JSON).",
)
_POSTS: dict[Method, tuple[str, str]] = {
    "webster": ("MAX(0,{k}-0.5)", "{k}+0.5"),
    "dhondt": ("{k}", "{k}+1"),
    "adams": ("MAX(0,{k}-1)", "{k}"),
    "hill": ("{k}*({k}-1)", "{k}*({k}+1)"),
    "dean": ("2*{k}*({k}-1)/(2*{k}-1)", "2*{k}*({k}+1)/(2*{k}+1)"),
}
"""Signposts on both sides of k places, to the power of the method, as a sheet computes them."""
_NEAR = "0.0000001*MAX(1,{high})"
"""Sheets count in floats; a product on its signpost is right on either side."""


def quota_sheets(scenario: Scenario, outcome: Outcome, lang: Language) -> Iterator[Sheet]:
    """Matrix and steps; multipliers, check and ties where the method has multipliers."""
    found = division(scenario, outcome)
    if found is None:
        return
    yield _matrix(found, lang)
    yield _steps(found, lang)
    if found.record is not None:
        yield _multipliers(found, lang)
        if len(found.checked) <= _MOST_CELLS:
            yield _checks(found, found.record.method, lang)
    if found.ties:
        yield Sheet(
            Text("名额并列", "Quota ties"),
            Text(
                "并列：同样好的另一张表中不同的格",
                "Ties: cells that differ in a table just as good",
            ),
            quota_ties(found),
            fixed=2,
            below=((_HOW.say(lang), method(found, lang).ties),),
        )


def _matrix(found: Division, lang: Language) -> Sheet:
    names = tables.senior_high_names(found.scenario)
    table = tables.quota_matrix(found.scenario, found.plan)
    places = [c for c in table.columns if c in names]
    formulas: dict[str, Formula] = {
        "difference": lambda at, row: f"={at['total']}{row}-{at['entitlement']}{row}"
    }
    if places:
        first, last = places[0], places[-1]
        formulas["total"] = lambda at, row: f"=SUM({at[first]}{row}:{at[last]}{row})"
    marks = _marks(found)
    used = set(marks.values())
    return Sheet(
        MATRIX,
        _TITLE,
        table,
        names=names,
        fixed=1,
        totals=(*places, "total", "entitlement", "difference", "graduates", "registered"),
        formulas=formulas,
        alarms=(
            Alarm(
                "total",
                lambda at, row: f"=AND(${at['registered']}{row}>0,${at['total']}{row}=0)",
            ),
        ),
        marks=marks,
        legend=tuple((mark, text.say(lang)) for mark, text in _LEGEND.items() if mark in used),
    )


def _marks(found: Division) -> dict[tuple[int, str], Mark]:
    """Row and column of cells that are not free: held ones, and ties above all."""
    row_of = {id: n for n, id in enumerate(found.claimants)}
    marks: dict[tuple[int, str], Mark] = {}
    for (high, id), held in found.held.items():
        marks[row_of[id], f"places:{high}"] = "floor" if held == "floor" else "cap"
    for entry in found.on_record.values():
        if entry.held:
            marks[row_of[entry.id], "total"] = "floor" if entry.held == "floor" else "cap"
    for tie in found.ties:
        column = "total" if tie.senior_high is None else f"places:{tie.senior_high}"
        marks[row_of[tie.claimant], column] = "tied"
    return marks


def _steps(found: Division, lang: Language) -> Sheet:
    table, told = quota_steps(found, lang), method(found, lang)
    for code in ("quota_factor", "quota_top_up", "quota_ties", "quota_bounds"):
        if not table[code].any():
            table = table.drop(columns=code)
    formulas: dict[str, Formula] = {
        "total": _from_matrix(found, lang, [("total", id) for id in found.claimants]),
        "over_share": lambda at, row: f"={at['total']}{row}-{at['share']}{row}",
    }
    if found.record is None:
        table = table.drop(columns=["total_multiplier", "product", "held_by"])
    else:
        power = "^2" if found.record.power == 2 else ""
        formulas["product"] = lambda at, row: (
            f"={at['claim']}{row}{power}*{at['total_multiplier']}{row}"
        )
    rules = [
        (
            _RULE.say(lang),
            _RULE_SAID.say(lang).format(sentence=r.sentence, firmness=r.firmness, clause=r.clause),
        )
        for r in told.rules
    ]
    return Sheet(
        Text("名额计算说明", "Quota steps"),
        Text("各初中名额计算说明", "How the places of each junior high came about"),
        table,
        fixed=1,
        totals=("share", "claim", "total", "over_share"),
        formulas=formulas,
        below=(*((_HOW.say(lang), line) for line in told.lines), *rules),
    )


def _multipliers(found: Division, lang: Language) -> Sheet:
    read = [_EXACT.say(lang)]
    if len(found.checked) > _MOST_CELLS:
        read.append(_TOO_LARGE.say(lang).format(n=_MOST_CELLS))
    return Sheet(
        Text("名额乘数", "Quota multipliers"),
        Text("行乘数与列乘数", "Multipliers of rows and columns"),
        quota_multipliers(found),
        fixed=2,
        below=(
            *((_READ.say(lang), line) for line in read),
            *((_HOW.say(lang), line) for line in method(found, lang).formula),
        ),
    )


def _checks(found: Division, name: Method, lang: Language) -> Sheet:
    low, high = _POSTS[name]
    power = "^2" if found.record is not None and found.record.power == 2 else ""
    cells = [(f"places:{c.senior_high}", c.claimant) for c in found.checked]
    yes, no = YES_NO[True].say(lang), YES_NO[False].say(lang)
    floor = HELD["floor"].say(lang)

    def post(text: str) -> Formula:
        return lambda at, row: "=" + text.format(k=f"{at['cell_places']}{row}")

    formulas: dict[str, Formula] = {
        "product": lambda at, row: (
            f"={at['claim']}{row}{power}*{at['row_multiplier']}{row}*{at['column_multiplier']}{row}"
        ),
        "low": post(low),
        "high": post(high),
        "cell_places": _from_matrix(found, lang, cells),
        "agrees": lambda at, row: _agrees({c: f"{at[c]}{row}" for c in at}, floor, yes, no),
    }
    return Sheet(
        Text("名额验算", "Quota check"),
        Text("逐格验算", "Every cell checked"),
        quota_checks(found),
        fixed=2,
        formulas=formulas,
        alarms=(reads("agrees", no), Alarm("agrees", _reading(yes), fine=True)),
        below=((_READ.say(lang), _CHECK.say(lang)),),
    )


def _reading(text: str) -> Formula:
    return lambda at, row: f'=${at["agrees"]}{row}="{text}"'


def _agrees(cell: dict[str, str], floor: str, yes: str, no: str) -> str:
    product, low, high, held = (cell[c] for c in ("product", "low", "high", "held_by"))
    there = f"{cell['cell_places']}={cell['held_at']}"
    near = _NEAR.format(high=high)
    free = f"AND({product}>={low}-{near},{product}<={high}+{near})"
    bound = f'AND({there},IF({held}="{floor}",{product}<{low},{product}>{high}))'
    return f'=IF(IF({held}="",{free},{bound}),"{yes}","{no}")'


def _from_matrix(found: Division, lang: Language, cells: list[tuple[str, str]]) -> Formula:
    """Places as the matrix shows them: one cell, by column and junior high, for each row."""
    columns = ["junior_high", *(f"places:{h.id}" for h in found.highs), "total"]
    letter = {code: xl_col_to_name(n) for n, code in enumerate(columns)}
    row_of = {id: n for n, id in enumerate(found.claimants, start=FIRST_ROW)}
    sheet = MATRIX.say(lang)

    def formula(_: object, row: int) -> str:
        column, id = cells[row - FIRST_ROW]
        return f"='{sheet}'!{letter[column]}{row_of[id]}"

    return formula
