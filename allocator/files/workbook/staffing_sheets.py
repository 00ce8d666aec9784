"""The sheets about placements: moves by kind, coverage, famous teachers, further supply."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.files.workbook.change_sheets import change_sheets
from allocator.files.workbook.sheet import Sheet, above_zero
from allocator.insight import tables
from allocator.insight.view import BeforeAfter
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_READ = Text("说明", "How to read this")
_SAMPLE = Text(
    "姓名为编号示例，不对应任何真实个人", "names are numbered samples and stand for nobody"
)
_TRAINED = Text(
    "按农村初中各学科工作量分配应配名师（韦伯斯特法），缺口分给低于应配数的学科；各年尽量均匀，先早后晚。",
    "The need is divided over subjects as full loads are at rural junior highs (Webster); what is "
    "missing goes to subjects below their part, over the years as evenly as whole people allow.",
)


def staffing_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Who goes where by kind of move, what is taught, famous teachers, further supply."""
    yield from _moves(scenario, seen, lang)
    yield from change_sheets(scenario, seen, lang)
    periods = ("needed", "covered_before", "covered_after", "uncovered_before", "uncovered_after")
    yield Sheet(
        Text("学科课时覆盖", "Coverage"),
        Text("各校各学科课时覆盖（方案前后）", "Periods covered by school and subject"),
        tables.coverage(scenario, seen, lang),
        fixed=2,
        totals=("teachers_before", "teachers_after", *periods),
        alarms=(above_zero("uncovered_before"), above_zero("uncovered_after")),
    )
    people = ("need", "have_before", "have_after", "missing_before", "missing_after")
    yield Sheet(
        Text("名师配置", "Famous teachers"),
        Text("农村初中名师配置", "Famous teachers in rural junior highs"),
        tables.famous(scenario, seen),
        fixed=1,
        totals=("pupils", *people),
        alarms=(above_zero("missing_before"), above_zero("missing_after")),
    )
    yield _training(scenario, seen, lang)
    if scenario.county.supply:
        yield from _supply(scenario, seen, lang)


def _moves(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Secondments decided now; transfers and returns on sheets of their own, where any are."""
    table = tables.exchange_list(scenario, seen, lang, publication=True)
    back, taken = table["ground"] == "return", table["kind"] == "transfer"
    parts = (
        (Text("交流名单", "Exchange list"), Text("教师交流名单", "Exchange list"), ~back & ~taken),
        (
            Text("随调名单", "Transfers"),
            Text("随调名单（编制关系随转）", "Transfers: the post moves along"),
            ~back & taken,
        ),
        (
            Text("期满返回名单", "Returns"),
            Text("交流期满返回名单", "Returns at the end of earlier terms"),
            back,
        ),
    )
    for n, (name, title, chosen) in enumerate(parts):
        if n == 0 or chosen.any():
            yield Sheet(
                name,
                title,
                table[chosen].reset_index(drop=True),
                note=_SAMPLE.say(lang) if _sampled(scenario) else "",
                fixed=2,
            )


def _training(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Sheet:
    table = tables.training(scenario, seen, lang)
    return Sheet(
        Text("名师培养需求", "Training need"),
        Text(
            "名师培养需求（分学科、分年度）", "Famous teachers to be trained, by subject and year"
        ),
        table,
        fixed=1,
        totals=tuple(str(c) for c in table.columns[2:]),
        below=((_READ.say(lang), _TRAINED.say(lang)),),
    )


def _supply(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """What the county offers, and who is placed where by number."""
    yield Sheet(
        Text("补充师资", "Further supply"),
        Text("补充师资的安排与结余", "Further supply: offered, placed, left"),
        tables.supply_left(scenario, seen, lang),
        fixed=3,
        totals=("offered", "placed", "left"),
    )
    placed = tables.supply(scenario, seen, lang)
    if len(placed):
        yield Sheet(
            Text("补充师资去向", "Supply placed"),
            Text("补充师资去向（按人数）", "Further supply by school"),
            placed,
            fixed=2,
            totals=("placed",),
        )


def _sampled(scenario: Scenario) -> bool:
    """Whether the notes of the county call its people samples."""
    return "示例" in scenario.county.notes or "sample" in scenario.county.notes.lower()
