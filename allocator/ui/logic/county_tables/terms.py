"""Certificates, retirement ages, jobs at schools and reported totals as the page shows them."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.modelling import Language, Text
from allocator.records.agreed import REPORTED
from allocator.records.people import CERTIFICATES
from allocator.records.schools import EXTRA_PERIODS
from allocator.records.service import RETIREMENT
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Grid, Only, Total, Values, form_of
from allocator.ui.logic.county_tables.named import NAME, with_names
from allocator.ui.logic.county_tables.schools import told

CERTIFICATES_GRID = Grid(
    "certificates",
    Text(
        "教师资格，一行一个学段学科；没有记录的按任教学段和学科。",
        "Certificates, a row for each stage and subject; whoever has none is certified for what "
        "is taught.",
    ),
    ("teacher", "name", "stage", "subject"),
    extra={"name": NAME},
    rows=with_names(CERTIFICATES, {"teacher": "name"}),
    filters=("stage", "subject"),
    search=("teacher", "name"),
    totals=lambda scenario: (
        Total(
            Text("有资格记录（人）", "With certificates on record (people)"),
            sum(bool(t.certificates) for t in scenario.county.teachers),
        ),
    ),
    part="staffing",
    form=form_of(CERTIFICATES),
    missing=Text(
        "没有教师资格记录：都按任教学段和学科。",
        "No certificate is on record: all are certified for what they teach.",
    ),
)
RETIREMENT_GRID = Grid(
    "retirement",
    Text(
        "退休年龄按出生年月分段，2025 年起逐月推迟；临退暂缓按此计算。",
        "Retirement ages by month of birth, as the reform of 2025 moves them; who is near "
        "retirement is counted by them.",
    ),
    ("sex", "born_from", "age_months"),
    filters=("sex",),
    part="staffing",
    form=form_of(RETIREMENT),
    missing=Text("没有退休年龄：请添加。", "There is no retirement age: add some."),
)


def _extra_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    del lang
    places = scenario.county.places
    return {
        id: {**plain, "township": places[f"{plain['campus']}.{plain['stage']}"].township.name}
        for id, plain in EXTRA_PERIODS.rows(scenario.county).items()
        if only is None or id in only
    }


EXTRA_PERIODS_GRID = Grid(
    "extra_periods",
    Text(
        "班主任、中层等校内任务折算的周课时，加到学校该学科所需课时上。",
        "Weekly periods that jobs at the school, such as class teacher, add to what a subject "
        "needs.",
    ),
    ("campus", "township", "stage", "subject", "periods"),
    extra={"township": told("township")},
    rows=_extra_rows,
    filters=("township", "stage", "subject"),
    search=("campus",),
    totals=lambda scenario: (
        Total(
            Text("另计课时（节/周）", "Further periods (a week)"),
            sum(
                extra.periods
                for place in scenario.county.places.values()
                for extra in place.section.extra_periods
            ),
        ),
    ),
    part="staffing",
    form=form_of(EXTRA_PERIODS),
    missing=Text("没有校内任务课时。", "No job at a school adds periods."),
)
REPORTED_GRID = Grid(
    "reported",
    Text(
        "规划表 1 中花名册算不出的指标，由教育局填报：分子分母，或直接填数值。",
        "Totals of the plan's Table 1 that no roster holds: numerator and denominator, or a value.",
    ),
    ("indicator", "part", "numerator", "denominator", "value", "as_of", "source"),
    form=form_of(REPORTED),
    missing=Text(
        "没有填报数：规划表 1 的部分指标暂不能计算。",
        "Nothing is typed in: some rows of Table 1 cannot be shown.",
    ),
)
