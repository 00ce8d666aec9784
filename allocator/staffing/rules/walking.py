"""Who teaches at other sections nearby, or a second subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from allocator.county.county import County
from allocator.county.curriculum import ZHEJIANG_2023
from allocator.county.frozen import Identifier
from allocator.county.people import Teacher
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Text, parameter
from allocator.staffing.heads import is_head
from allocator.staffing.need import gives, second_subjects
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait

YesNo = Literal["yes", "no"]

_SUBJECTS = tuple((s.id, Text(s.name, s.name_en)) for s in ZHEJIANG_2023)
_YES_NO: tuple[tuple[YesNo, Text], ...] = (
    ("yes", Text("可以", "may")),
    ("no", Text("不可以", "may not")),
)
_SECTIONS = Text("走教学校数", "other sections visited")
_PERIODS = Text("每周走教课时", "weekly periods of a visit")
_MINUTES = Text("单程车程", "minutes one way")
_WRONG = Text("不允许的走教或兼课", "visits or second subjects not allowed")
_LOAD = Text("每周课时（含路途折算）", "weekly periods, those lost on the way included")


class Walking(StaffingRule):
    """Teachers give part of the week to sections nearby (走教), or a second subject (兼课) at home.

    A visit is teaching in the own subject at another section of the same stage. Whoever walks
    keeps school and post and counts there alone. Heads do not walk. Where this rule is off, a
    plan holds neither visits nor second subjects.
    """

    title: ClassVar[Text] = Text("走教与兼课", "Walking and second subjects")
    sentence: ClassVar[Text] = Text(
        "{subjects}教师可到单程 {within} 分钟以内的同学段学校走教：每人至多 {schools} 处，"
        "每处每周至少 {block} 节，每去一处折算路途 {travel} 节；书记、校长不走教；"
        "教师{second_subjects}在本校兼教有资格的第二学科；周课时总量不超过本人工作量",
        "Teachers of {subjects} may walk to sections of their stage within {within} minutes one "
        "way, each to at most {schools}, for at least {block} periods a week, {travel} periods "
        "lost a visit; heads do not walk; teachers {second_subjects} give a second subject they "
        "are certified for at their own school; nobody gives more than the own load",
    )
    measure: ClassVar[Text] = _SECTIONS
    clause: ClassVar[Text] = Text(
        "走教：各地小规模学校音乐、美术、体育、信息科技通行做法（二手资料）；车程、处数、节数为自拟默认值",
        "Walking: common practice for music, art, PE and IT of small schools, read in secondary "
        "sources; minutes, sections and periods are invented defaults",
    )
    formula: ClassVar[str] = (
        "own + visits + seconds + travel * |visits| <= load; |visits| <= schools; visit >= block"
    )
    default_firmness: ClassVar[Firmness] = "off"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "coverage"

    subjects: tuple[Identifier, ...] = parameter(
        ("it", "pe", "music", "art"), "走教学科", "subjects", "choice", choices=_SUBJECTS
    )
    within: Annotated[int, Field(ge=0, le=120)] = parameter(
        20, "单程车程不超过", "within", "minutes"
    )
    schools: Annotated[int, Field(ge=1, le=4)] = parameter(
        2, "每人走教处数不超过", "sections a person", ""
    )
    block: Annotated[int, Field(ge=1, le=20)] = parameter(
        4, "每处每周至少", "periods a visit", "periods"
    )
    travel: Annotated[int, Field(ge=0, le=6)] = parameter(
        0, "每去一处折算路途", "lost a visit", "periods"
    )
    second_subjects: YesNo = parameter(
        "yes", "兼教第二学科", "second subjects", "choice", choices=_YES_NO
    )

    def traits(self, county: County) -> Mapping[str, Trait]:
        """What a teacher may teach beside the own subject at the own section."""
        del county
        walking, both = set(self.subjects), self.second_subjects == "yes"

        def able(teacher: Teacher) -> tuple[str, int, tuple[str, ...], bool] | None:
            if teacher.status != "in_post":
                return None
            seconds = second_subjects(teacher) if both else ()
            walks = teacher.subject in walking and not is_head(teacher)
            return teacher.subject, teacher.reduction, seconds, walks

        return {"able": able}

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """What everyone does who walks or gives a second subject, against each limit."""
        for person, entries in plan.beside.items():
            teacher, home = county.teacher[person], plan.serving[person]
            visits = [e for e in entries if e.section != home.id]
            seconds = [e for e in entries if e.section == home.id]
            barred = is_head(teacher) or teacher.subject not in self.subjects
            wrong = len(visits) * barred + len(seconds) * (self.second_subjects == "no")
            where = f"{person}:{teacher.subject}"
            yield Reading(where, wrong, "<=", 0, "", wrong, measure=_WRONG)
            if not visits:
                continue
            over = max(0, len(visits) - self.schools)
            yield Reading(person, len(visits), "<=", self.schools, "", over, measure=_SECTIONS)
            for visit in visits:
                minutes = county.minutes(home, county.places[visit.section])
                over = max(0, minutes - self.within)
                where = f"{person}@{visit.section}"
                yield Reading(where, minutes, "<=", self.within, "minutes", over, measure=_MINUTES)
                short = max(0, self.block - visit.periods)
                where = f"{person}:{visit.section}"
                yield Reading(
                    where, visit.periods, ">=", self.block, "periods", short, measure=_PERIODS
                )
            total = plan.given[person] + self.travel * len(visits)
            load = gives(county, teacher, home.stage)
            over = max(0, total - load)
            where = f"{person}/{home.id}"
            yield Reading(where, total, "<=", load, "periods", over, measure=_LOAD)
