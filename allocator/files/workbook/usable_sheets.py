"""The sheets about the use of quota places: expected from earlier years, and simulated."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.admission.acceptance import Simulation
from allocator.county.plan import Plan
from allocator.files.workbook.sheet import Formula, Sheet
from allocator.insight import tables
from allocator.insight.usable_tables import use_of
from allocator.modelling import Language, Text
from allocator.scenario import Admission, Scenario

_READ = Text("说明", "How to read this")
_USE = Text(
    "依据 {years} 年的使用记录：某高中给某初中的名额合计满 {cell} 个时，用其自身使用率；"
    "不足的部分依次按该初中各高中合计（满 {junior} 个）、该高中各初中合计（满 {senior} 个）、"
    "全县的使用率补足。"
    "这几个数为虚构参数，可改。未用名额为期望值，可以是小数。",
    "From the records of {years}. A pair with {cell} earlier places or more is expected to be used "
    "at its own rate; what it falls short of is filled up at the rate of the junior high at all "
    "senior highs (from {junior} places on), of the senior high for all junior highs (from "
    "{senior}), of the county. These numbers are invented and can be changed. Unfilled places are "
    "expected values and may be fractions.",
)
_RETURN = Text(
    "未用名额全部转入同一高中的统一招生。",
    "All that is not taken up returns to unified admission of the same senior high.",
)
_HIGHS = Text(
    "先录名额：限具有三年学籍、达到最低控制线的考生，各初中内按总分、同分比较、抽签号从高到低，"
    "按志愿录取（延迟接受）；未用名额转入本校统招，其余考生再按统招志愿录取。自主招生、特长招生视为"
    "已在别处录取。“若全部统招”为不设名额分配时的录取；“因名额受益”为录取分低于该线的名额考生。",
    "Quota first: pupils with three years' registration at or above the floor, by total score, "
    "further scores and lot within their junior high, by wishes (deferred acceptance). The rest "
    "returns to unified admission of the same senior high, where the others apply. "
    "Self-recruitment and specialty are taken as filled elsewhere. Without quota: all places in "
    "unified admission. Gained: admitted by quota below the line of that.",
)
_TIES = Text(
    "成绩和抽签号均相同，暂按考生号先后录取：请补充抽签号后重新模拟。",
    "Equal in all scores and lots; for now the number decides: draw lots and simulate again.",
)
_INTERNAL = Text("内部资料", "internal")


def usable_sheets(scenario: Scenario, plan: Plan, lang: Language = "zh") -> Iterator[Sheet]:
    """Expected use, where earlier years say how many places were filled."""
    found = use_of(scenario, plan) if plan.quotas else None
    if found is None:
        return
    terms = (scenario.admission or Admission()).terms.usable
    said = _USE.say(lang).format(
        years=("、" if lang == "zh" else ", ").join(map(str, found.years)),
        cell=terms.enough_cell,
        junior=terms.enough_junior_high,
        senior=terms.enough_senior_high,
    )
    used: dict[str, Formula] = {
        "used": lambda at, row: f"={at['quota_given']}{row}*{at['use_rate']}{row}",
        "unfilled": lambda at, row: f"={at['quota_given']}{row}-{at['used']}{row}",
    }
    yield Sheet(
        Text("预计使用名额", "Expected use"),
        Text("名额分配预计使用情况", "Expected use of quota places"),
        tables.expected_use(scenario, plan),
        fixed=2,
        totals=("quota_given", "past_places", "past_filled", "used", "unfilled"),
        formulas=used,
        below=((_READ.say(lang), said),),
    )
    yield Sheet(
        Text("未用名额转统招", "Expected return"),
        Text("未用名额转入统一招生（预计）", "Expected return to unified admission"),
        tables.expected_return(scenario, plan),
        fixed=1,
        totals=("quota_given", "used", "unfilled", "unified_planned", "unified_expected"),
        below=((_READ.say(lang), _RETURN.say(lang)),),
    )


def simulation_sheets(
    scenario: Scenario, found: Simulation, source: str, lang: Language
) -> Iterator[Sheet]:
    """What a simulated admission gives senior highs, junior highs, areas, and pupils by number."""
    counts = ("applicants", "quota_filled", "unified_filled", "admitted", "admitted_before",
              "admitted_change", "gained")  # fmt: skip
    yield Sheet(
        Text("模拟录取·高中", "Senior highs"),
        Text("模拟录取：各高中", "Simulated admission by senior high"),
        tables.simulation_highs(scenario, found),
        note=source,
        fixed=1,
        totals=("places_planned", "self_recruitment", "specialty", "quota_given", "quota_filled",
                "quota_left", "unified_planned", "unified_places", "unified_filled", "gained"),
        below=((_READ.say(lang), _HIGHS.say(lang)),),
    )  # fmt: skip
    yield Sheet(
        Text("模拟录取·城乡", "Areas"),
        Text("模拟录取：城乡考生升入分配名额的高中", "Who enters senior highs with quota places"),
        tables.simulation_areas(scenario, found),
        note=source,
        fixed=1,
        totals=counts,
    )
    yield Sheet(
        Text("模拟录取·初中", "Junior highs"),
        Text(
            "模拟录取：各初中升入分配名额的高中", "By junior high: senior highs with quota places"
        ),
        tables.simulation_schools(scenario, found),
        note=source,
        fixed=1,
        totals=counts,
    )
    yield Sheet(
        Text("模拟名额使用", "Quota places"),
        Text("模拟录取：名额使用明细", "Quota places filled in the simulation"),
        tables.simulation_cells(scenario, found),
        note=source,
        fixed=2,
        totals=("quota_given", "quota_filled", "quota_left"),
    )
    yield Sheet(
        Text("同分待定", "Ties"),
        Text("同分待定（暂按考生号）", "Ties that only the number decided"),
        tables.simulation_ties(scenario, found, lang),
        note=source,
        below=((_READ.say(lang), _TIES.say(lang)),),
    )
    yield Sheet(
        Text("模拟录取名单", "Pupils"),
        Text("模拟录取名单（内部）", "Pupils admitted, by number (internal)"),
        tables.simulation_pupils(scenario, found),
        note="　".join((source, _INTERNAL.say(lang))),
        fixed=1,
    )
