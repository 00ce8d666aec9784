"""What quota places are divided by, as the page shows it."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.modelling import Language, Text
from allocator.records.fields import Field
from allocator.records.lists import Plain
from allocator.records.quotas import EVERY_HIGH, FIGURES, LOTS, PAST, PINS, POOLS, SENIOR_HIGHS
from allocator.records.schools import SECTIONS
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Form, Grid, Only, Total, Values
from allocator.ui.logic.county_tables.schools import next_code, told

_CODE = Field(Text("代码（字母或数字）", "Code (letters or digits)"))
_HIGH = Field(Text("高中", "Senior high"), "choice", names="senior_highs")


def _high_totals(scenario: Scenario) -> tuple[Total, ...]:
    highs = scenario.county.senior_highs
    quality = [h for h in highs if h.quality]
    return (
        Total(Text("普通高中（所）", "Senior highs"), len(highs)),
        Total(Text("优质示范高中（所）", "Of these quality schools"), len(quality)),
        Total(Text("招生计划（名）", "Places (places)"), sum(h.places for h in highs)),
        Total(
            Text("优质高中计划（名）", "Quality schools (places)"), sum(h.places for h in quality)
        ),
        Total(
            Text("自主与特长（名）", "Own examination and gifted (places)"),
            sum(h.self_recruitment + h.specialty for h in highs),
        ),
    )


_SENIOR_HIGHS_COLUMNS = (
    "name", "places", "quality", "quota_share", "quota_places", "self_recruitment", "specialty",
    "unified", "tops_up", "score_floor", "admission_area", "id",
)  # fmt: skip
SENIOR_HIGHS_GRID = Grid(
    "senior_highs",
    Text(
        "一行一所普通高中：招生计划和各类招生；优质示范高中的名额分配到初中。",
        "One row a senior high: its places by channel; the quota of quality schools is divided "
        "among junior highs.",
    ),
    _SENIOR_HIGHS_COLUMNS,
    search=("name",),
    totals=_high_totals,
    part="admission",
    form=Form(
        {
            "id": _CODE,
            **{n: SENIOR_HIGHS.fields[n] for n in ("name", "places", "quality")},
        },
        lambda answers: (answers["id"], dict(answers)),
        lambda county: {"id": next_code((h.id for h in county.senior_highs), "H")},
    ),
    missing=Text("还没有普通高中：请添加。", "There is no senior high yet: add one."),
)


def _graduate_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    del lang
    places = scenario.county.places
    return {
        id: {
            **plain,
            "township": places[id].township.name,
            "private": places[id].school.private,
            "weak": places[id].school.weak,
            "area": places[id].area_class,
        }
        for id, plain in SECTIONS.rows(scenario.county).items()
        if plain["stage"] == "junior" and (only is None or id in only)
    }


def _graduate_totals(scenario: Scenario) -> tuple[Total, ...]:
    county = scenario.county
    sections = [p.section for p in county.places.values() if p.stage == "junior"]
    return (
        Total(Text("初中学校（所）", "Junior highs (schools)"), len(county.junior_highs)),
        Total(Text("毕业生（人）", "Graduates (people)"), sum(k.graduates for k in sections)),
        Total(
            Text("三年学籍毕业生（人）", "Registered three years (people)"),
            sum(k.registered_graduates for k in sections),
        ),
    )


GRADUATES_GRID = Grid(
    "sections",
    Text(
        "各初中的毕业生，名额按此分配；学校另有指标的见“自定义指标”。",
        "The graduates of each junior high, by which places are divided; further figures stand "
        "under own figures.",
    ),
    ("school", "campus", "township", "pupils", "graduates", "registered_graduates", "area",
     "weak", "private"),
    extra={
        "township": told("township"),
        "area": told("area"),
        "weak": Field(Text("薄弱学校", "Weak school"), "flag", fixed=True),
        "private": Field(Text("民办", "Private"), "flag", fixed=True),
    },
    rows=_graduate_rows,
    filters=("township", "area"),
    search=("school", "campus"),
    totals=_graduate_totals,
    part="admission",
    code="graduates",
    title=Text("毕业生", "Graduates"),
    missing=Text(
        "还没有初中学部：先在“班级与学生”中添加。",
        "There is no junior section yet: add one under classes and pupils.",
    ),
)  # fmt: skip

FIGURES_GRID = Grid(
    "figures",
    Text(
        "教育局自定的学校指标，供按指标分配名额时使用。",
        "Figures of the bureau's own, for a division of places that weighs them.",
    ),
    ("school", "name", "amount"),
    filters=("name",),
    search=("school",),
    part="admission",
    form=Form(
        {
            "school": Field(Text("初中学校", "Junior high"), "choice", names="schools"),
            "name": Field(Text("指标", "Figure")),
            "amount": FIGURES.fields["amount"],
        },
        lambda answers: (f"{answers['school']}.{answers['name']}", dict(answers)),
    ),
    missing=Text(
        "没有自定义指标：按毕业生分配不需要；要按其他指标分配时添加。",
        "There are no own figures: a division by graduates needs none; add some for another base.",
    ),
)


def _new_pool(answers: Values) -> tuple[str, Plain]:
    return answers["id"], {name: answers[name] for name in ("id", "name", "schools")}


POOLS_GRID = Grid(
    "quota_pools",
    Text(
        "毕业生很少的初中可以合并计算，一起取得名额。",
        "Junior highs with few graduates may receive their places together.",
    ),
    ("name", "schools", "id"),
    part="admission",
    form=Form(
        {"id": _CODE, "name": POOLS.fields["name"], "schools": POOLS.fields["schools"]},
        _new_pool,
        lambda county: {"id": next_code((p.id for p in county.quota_pools), "P")},
    ),
    missing=Text("没有合并计算的学校。", "No schools are pooled."),
)


def _past_totals(scenario: Scenario) -> tuple[Total, ...]:
    past = scenario.county.past_quotas
    last = max((p.year for p in past), default=0)
    here = [p for p in past if p.year == last]
    return (
        Total(Text("最近年份（年）", "Latest year"), last, grouped=False),
        Total(Text("当年名额（名）", "Its quota places (places)"), sum(p.places for p in here)),
        Total(Text("当年录取（名）", "Of these filled (places)"),
              sum(p.filled or 0 for p in here)),
    ) if past else ()  # fmt: skip


PAST_GRID = Grid(
    "past_quotas",
    Text(
        "往年的名额和录取，用于年度变化上限和录取预测。",
        "Places of earlier years and how many were filled, for caps on change and for forecasts.",
    ),
    ("year", "senior_high", "junior_high", "places", "filled"),
    filters=("year", "senior_high", "junior_high"),
    totals=_past_totals,
    part="admission",
    form=Form(
        {
            "year": Field(Text("年份", "Year"), "whole"),
            "senior_high": _HIGH,
            "junior_high": Field(Text("初中学校", "Junior high"), "choice", names="claimants"),
            "places": PAST.fields["places"],
            "filled": PAST.fields["filled"],
        },
        lambda a: (f"{a['year']}.{a['senior_high']}.{a['junior_high']}", dict(a)),
    ),
    missing=Text(
        "没有往年名额：限制年度变化或预测录取时需要，请添加。",
        "No earlier year is on record: add some to cap changes or to forecast.",
    ),
)


def _new_lot(answers: Values) -> tuple[str, Plain]:
    return answers["senior_high"] or EVERY_HIGH, dict(answers)


LOTS_GRID = Grid(
    "quota_lots",
    Text(
        "公开抽签的签序：完全相等、无法再分时按签序取得名额。",
        "Lots drawn in public: they decide where claims are exactly equal.",
    ),
    ("senior_high", "order", "drawn_by", "on", "note"),
    part="admission",
    form=Form(
        {
            "senior_high": Field(
                LOTS.fields["senior_high"].title, "choice", names="senior_highs", optional=True
            ),
            **{n: LOTS.fields[n] for n in ("order", "drawn_by", "on", "note")},
        },
        _new_lot,
    ),
    missing=Text(
        "没有抽签结果：出现完全相等时，公开抽签后在此录入。",
        "No lot is on record: draw in public where claims are equal, then enter it here.",
    ),
)

QUOTA_PINS_GRID = Grid(
    "quota_pins",
    Text(
        "已指定的名额：某高中给某初中的名额数固定不变，其余照常分配。",
        "Places fixed beforehand: a senior high gives a junior high exactly these, the rest is "
        "divided as usual.",
    ),
    ("senior_high", "junior_high", "places", "reason"),
    filters=("senior_high", "junior_high"),
    part="admission",
    form=Form(
        {
            "senior_high": _HIGH,
            "junior_high": Field(Text("初中学校", "Junior high"), "choice", names="claimants"),
            **{n: PINS.fields[n] for n in ("places", "reason")},
        },
        lambda a: (f"{a['senior_high']}.{a['junior_high']}", dict(a)),
    ),
    missing=Text(
        "没有指定名额：需要固定某校对的名额时，请添加。",
        "No places are fixed: add some where a pair of schools is decided beforehand.",
    ),
)
