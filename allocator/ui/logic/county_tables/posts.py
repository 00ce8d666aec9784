"""Posts by school and subject as the page shows them: what is agreed, who is over or short."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.county.posts import post_lines
from allocator.modelling import Language, Text
from allocator.records.fields import Field
from allocator.records.nested import post_id
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Grid, Only, Total, Values
from allocator.ui.logic.county_tables.schools import told


def _post_rows(scenario: Scenario, lang: Language, only: Only) -> Mapping[str, Values]:
    del lang
    county = scenario.county
    rows: dict[str, Values] = {}
    for line in post_lines(county):
        id = post_id(line.school, line.stage, line.subject)
        if only is None or id in only:
            rows[id] = {
                "school": line.school,
                "township": county.places_of_school[line.school][0].township.name,
                "stage": line.stage,
                "subject": line.subject,
                "needed": line.needed,
                "posts_by_periods": line.posts_by_periods_up,
                "proposed": line.proposed,
                "posts": line.agreed,
                "reason": line.reason,
                "in_post": line.in_post,
                "lent_out": line.lent_out,
                "long_sick": line.long_sick,
                "over": line.over,
                "short": line.short,
            }
    return rows


def _post_totals(scenario: Scenario) -> tuple[Total, ...]:
    lines = post_lines(scenario.county)
    return (
        Total(
            Text("按课时需岗位（个）", "Posts by periods"),
            sum(x.posts_by_periods_up for x in lines),
        ),
        Total(Text("建议岗位（个）", "Posts proposed"), sum(x.proposed for x in lines)),
        Total(Text("已商定（项）", "Agreed (lines)"), sum(x.agreed is not None for x in lines)),
        Total(Text("在岗（人）", "In post (people)"), sum(x.in_post for x in lines)),
        Total(Text("超编（人）", "Over (people)"), sum(x.over for x in lines), True),
        Total(Text("缺编（人）", "Short (people)"), sum(x.short for x in lines), True),
    )


_POSTS_COLUMNS = (
    "school", "stage", "subject", "proposed", "posts", "in_post", "over", "short", "reason",
    "posts_by_periods", "needed", "lent_out", "long_sick", "township",
)  # fmt: skip
POSTS_GRID = Grid(
    "posts",
    Text(
        "一行一所学校的一个学科：填商定岗位和说明，超编、缺编按商定岗位计算，未商定的按建议岗位。",
        "One row for each school, stage and subject: enter the posts agreed and why. Over and "
        "short are counted against what is agreed, else against what is proposed.",
    ),
    _POSTS_COLUMNS,
    extra={
        **{
            c: told(c)
            for c in ("township", "needed", "posts_by_periods", "proposed", "lent_out", "long_sick")
        },
        "in_post": Field(Text("在岗（人）", "In post (people)"), "whole", fixed=True),
        "over": Field(Text("超编（人）", "Over (people)"), "whole", fixed=True),
        "short": Field(Text("缺编（人）", "Short (people)"), "whole", fixed=True),
    },
    rows=_post_rows,
    filters=("township", "school", "stage", "subject"),
    search=("school", "reason"),
    totals=_post_totals,
    part="staffing",
    marked=("over", "short"),
    marked_text=Text("只看超编或缺编", "Only where over or short"),
)
