"""The periods table and the loads: what classes need and what a teacher gives in a week."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import Field

from allocator.county.frozen import Frozen, Identifier, Whole
from allocator.county.places import GRADES, Section, Stage


class Subject(Frozen):
    """A subject: weekly periods of a class in grades 1 to 9, weekly load of a teacher."""

    id: Identifier
    name: str
    name_en: str
    periods: Annotated[tuple[Whole, ...], Field(min_length=9, max_length=9)]
    """Weekly periods of one class in grades 1, 2, ..., 9."""
    primary_load: Annotated[int, Field(ge=1, le=40)]
    """Weekly periods of one primary teacher."""
    junior_load: Annotated[int, Field(ge=1, le=40)]
    """Weekly periods of one junior teacher."""
    arts_or_pe: bool = False
    """Whether its teachers count in indicator L3."""

    def load(self, stage: Stage) -> int:
        """Weekly periods one teacher of the subject gives at this stage."""
        return self.primary_load if stage == "primary" else self.junior_load


def _subject(
    id: str, name: str, name_en: str, periods: str, loads: tuple[int, int], arts: bool = False
) -> Subject:
    return Subject(
        id=id,
        name=name,
        name_en=name_en,
        periods=tuple(int(digit) for digit in periods),
        primary_load=loads[0],
        junior_load=loads[1],
        arts_or_pe=arts,
    )


ZHEJIANG_2023: tuple[Subject, ...] = (
    _subject("morality", "道德与法治", "Morality and law", "222222222", (18, 14)),
    _subject("chinese", "语文", "Chinese", "887766555", (14, 12)),
    _subject("maths", "数学", "Mathematics", "444444555", (14, 12)),
    _subject("english", "英语", "English", "003333444", (18, 12)),
    _subject("society", "历史与社会", "History and society", "000000333", (18, 14)),
    _subject("science", "科学", "Science", "112233555", (18, 14)),
    _subject("it", "信息科技", "Information technology", "001111110", (18, 16)),
    _subject("pe", "体育与健康", "Physical education", "443333333", (18, 14), True),
    _subject("music", "音乐", "Music", "222222111", (18, 16), True),
    _subject("art", "美术", "Art", "222222111", (18, 16), True),
    _subject("practice", "综合实践", "Integrated practice", "334444445", (18, 16)),
)
"""Weekly periods of the Zhejiang curriculum plan of 2023 (浙江省义务教育课程实施方案), arts split
evenly into music and art; loads of one published standard. Both are data a county may replace."""


def demand(section: Section, subjects: tuple[Subject, ...]) -> dict[str, int]:
    """Weekly periods a section needs in each subject, jobs at the school included.

    Returns
    -------
    dict
        subject id -> weekly periods, only where some are needed, sorted by id.

    """
    extra = Counter[str]()
    for entry in section.extra_periods:
        extra[entry.subject] += entry.periods
    needed: dict[str, int] = {}
    for subject in sorted(subjects, key=lambda s: s.id):
        periods = extra[subject.id] + sum(
            classes * subject.periods[grade - 1]
            for grade, classes in zip(GRADES[section.stage], section.classes, strict=True)
        )
        if periods:
            needed[subject.id] = periods
    return needed
