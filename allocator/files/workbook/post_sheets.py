"""The sheets about posts: by subject, by school, the vacancy bulletin, recruitment."""

from __future__ import annotations

from collections.abc import Iterator

from allocator.files.workbook.sheet import Sheet, above_zero
from allocator.insight import tables
from allocator.insight.view import BeforeAfter
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_READ = Text("说明", "How to read this")
_POSTS = Text(
    "岗位数为商定岗位，未商定时为建议岗位：学校教学编制按各学科折合工作量用韦伯斯特法分配，"
    "未登记编制的学校按课时需要向上取整。编制标准通常比课时需要多三至四成半（班主任、管理、请假），"
    "因此建议岗位可以多于课时所需，这一差额不是超编。在岗人数含借出、长期病休和派出交流人员，"
    "他们保留岗位但不在本校上课；随调转移岗位，交流/支教不转移。",
    "Posts are those agreed, else those proposed: the school's teaching establishment divided by "
    "full loads with Webster's method, or full loads rounded up where no establishment is "
    "recorded. Establishment ratios give 30 to 45 % more staff than periods need (class teachers, "
    "administration, leave), so the proposal may exceed the periods; that difference is no "
    "surplus. In post counts those lent out, long sick or seconded, who keep the post but do not "
    "teach here; a transfer takes the post along, a secondment does not.",
)
_SCHOOLS = Text(
    "空编 = 核定编制 - 非教学岗位 - 在编教师；“岗位超出编制”须由县级周转池解决。"
    "岗位等级按职称对应：正高级、高级、一级为中级、其余为初级。",
    "Free posts = approved establishment - non-teaching posts - teachers on establishment. Posts "
    "beyond the establishment need the county's pool. Grades follow the title: professor, senior, "
    "first grade as middle, the rest as junior.",
)
_VACANCIES = Text(
    "“空编·后”为全校数：为零时本校没有编制可用于招聘，该学科缺编须通过交流或周转池解决。",
    "Free posts are the whole school's: where there are none, the school has no post to hire for, "
    "and only an exchange or the county's pool fills the vacancy.",
)
_RECRUITMENT = Text(
    "建议招聘取两种算法中较大者：各校缺编之和；全县未开足课时折合工作量（向上取整）。"
    "其他学校的超编人数仅并列，不作抵扣。",
    "Recruits are the larger of two readings: posts left short, added up over the schools; periods "
    "left uncovered in the county, in full loads rounded up. Holders over posts elsewhere are "
    "listed beside and not taken off.",
)
_POOL = Text("编制周转池（个）", "County pool (posts)")
_FREE = Text("方案后空编合计（个）", "Free posts after the plan")


def post_sheets(scenario: Scenario, seen: BeforeAfter, lang: Language) -> Iterator[Sheet]:
    """Four sheets; before and after the plan."""
    pool = (_POOL.say(lang), str(scenario.county.post_pool))
    numbers = ("in_post", "over", "short")
    yield Sheet(
        Text("编制岗位表", "Posts"),
        Text("各校各学科岗位（定编定岗）", "Posts by school and subject"),
        tables.posts(scenario, seen, lang),
        fixed=2,
        totals=(
            "needed",
            "posts_by_periods",
            "proposed",
            "posts",
            "lent_out",
            "long_sick",
            *(f"{n}_{when}" for n in numbers for when in ("before", "after")),
        ),
        alarms=tuple(
            above_zero(f"{n}_{when}") for n in ("over", "short") for when in ("before", "after")
        ),
        below=((_READ.say(lang), _POSTS.say(lang)),),
    )
    table = tables.school_posts(scenario, seen)
    yield Sheet(
        Text("学校编制汇总", "Establishment"),
        Text("各校编制与岗位等级汇总", "Establishment and post grades of each school"),
        table,
        fixed=1,
        totals=tuple(str(c) for c in table.columns[3:]),
        alarms=tuple(above_zero(c) for c in ("beyond", "above_before", "above_after")),
        below=((_READ.say(lang), _SCHOOLS.say(lang)), pool),
    )
    yield Sheet(
        Text("缺编信息", "Vacancies"),
        Text("缺编信息（方案后）", "Vacant posts after the plan"),
        tables.vacancies(scenario, seen, lang),
        fixed=2,
        totals=("posts", "in_post_after", "short_after", "uncovered_after"),
        below=((_READ.say(lang), _VACANCIES.say(lang)),),
    )
    yield Sheet(
        Text("招聘建议", "Recruitment"),
        Text("招聘建议（方案后仍缺）", "Recruitment: what the plan leaves short"),
        tables.recruitment(scenario, seen, lang),
        fixed=2,
        totals=("short_after", "over_after", "uncovered_after", "recruits"),
        below=(
            (_READ.say(lang), _RECRUITMENT.say(lang)),
            (_FREE.say(lang), str(table["free_after"].sum())),
            pool,
        ),
    )
