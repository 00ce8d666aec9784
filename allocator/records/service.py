"""Tables of terms: years and ages, retirement, the points table."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.county.frozen import Frozen
from allocator.county.points import HonourPoints, PointsTable, RolePoints, TitlePoints
from allocator.county.service import RetirementAge, ServiceTerms
from allocator.insight.vocabulary import Words
from allocator.modelling import Text
from allocator.records.fields import Field
from allocator.records.lists import Listed, Single
from allocator.records.rows import Part, Table, inside
from allocator.records.words import HONOUR, ROLE, SEX, TITLE

SERVICE = Single(
    "service",
    Text("交流年限与年龄", "Terms of service"),
    {
        "years_at_school": Field(Text("同校任教（年）", "At one school (years)"), "whole"),
        "years_principal": Field(
            Text("校长同校任职（年）", "Heads at one school (years)"), "whole"
        ),
        "men_until": Field(Text("男教师至（岁）", "Men up to (years)"), "whole"),
        "women_until": Field(Text("女教师至（岁）", "Women up to (years)"), "whole"),
        "principals_extra": Field(Text("校长加（岁）", "Heads add (years)"), "whole"),
        "near_retirement": Field(
            Text("距退休不足（年）不交流", "Not within (years) of retirement"), "whole"
        ),
    },
    "terms",
    record=ServiceTerms,
)
RETIREMENT = Listed(
    "retirement",
    Text("退休年龄", "Retirement ages"),
    {
        "sex": Field(Text("性别", "Sex"), "choice", words=SEX, fixed=True),
        "born_from": Field(
            Text("出生年月起", "Born from"),
            "month",
            fixed=True,
            help=Text("到下一行为止", "Until the next entry"),
        ),
        "age_months": Field(
            Text("退休年龄（月）", "Age at retirement (months)"),
            "whole",
            help=Text("60 岁填 720", "720 for an age of 60"),
        ),
    },
    "retirement",
    record=RetirementAge,
    key=lambda entry: f"{entry.sex}.{entry.born_from}",
    keys=("sex", "born_from"),
    owner="terms",
)


def _points(
    words: Words, record: type[Frozen], group: str, zh: str, en: str
) -> Mapping[str, Field]:
    """A column for each title, honour or role that points are given for."""
    return {
        f"{group}_{code}": Field(
            Text(f"{zh}：{words[code].zh}（分）", f"{en}: {words[code].en} (points)"), "number"
        )
        for code in record.model_fields
    }


_GROUPS: Mapping[str, Mapping[str, Field]] = {
    "titles": _points(TITLE, TitlePoints, "titles", "职称", "Title"),
    "honours": _points(HONOUR, HonourPoints, "honours", "荣誉", "Honour"),
    "roles": _points(ROLE, RolePoints, "roles", "职务", "Role"),
}
_PARTS: Mapping[str, Part] = {
    column: inside(group, column.removeprefix(f"{group}_"))
    for group, columns in _GROUPS.items()
    for column in columns
}
POINTS = Single(
    "points",
    Text("积分表", "Points table"),
    {
        "per_year_at_school": Field(
            Text("在本校每年（分）", "Each year at the school (points)"), "number"
        ),
        "per_year_of_service": Field(
            Text("教龄每年（分）", "Each year of service (points)"), "number"
        ),
        "per_rural_year": Field(
            Text("农村任教每年（分）", "Each year in rural schools (points)"), "number"
        ),
        **{column: about for columns in _GROUPS.values() for column, about in columns.items()},
    },
    "points_table",
    record=PointsTable,
    parts=_PARTS,
)

TERMS: tuple[Table, ...] = (SERVICE, RETIREMENT, POINTS)
