"""No post stays free while there are people for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from typing import ClassVar, Literal

from allocator.county.county import County, Place
from allocator.county.places import Stage
from allocator.county.posts import post_lines
from allocator.county.supply import ON_POSTS, SupplyOffer
from allocator.modelling import Firmness, Reading, Row, Text, parameter
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables

Counted = Literal["agreed", "all"]
_COUNTED: tuple[tuple[Counted, Text], ...] = (
    ("agreed", Text("已核定的岗位", "posts that are agreed")),
    ("all", Text("已核定的岗位，未核定的按建议岗位", "posts agreed, or proposed where none is")),
)


class VacancyFloor(StaffingRule):
    """Posts are filled as far as people exist (严禁有编不补).

    Only transfers and those who come with a post fill one: a seconded person's post stays reserved
    at home. The shortfall, the posts left free, is the goal of the tier; its proof is the proof
    that no admitted person fills them.
    """

    title: ClassVar[Text] = Text("有编必补", "No post left free")
    sentence: ClassVar[Text] = Text(
        "各校各学科在编教师不少于岗位数（{counted}）",
        "Every school holds as many teachers of each subject as it has posts ({counted})",
    )
    measure: ClassVar[Text] = Text("在编教师", "holders of posts")
    clause: ClassVar[Text] = Text(
        "举措38：优先保障教育事业发展需要，严禁有编不补",
        "Plan, measure 38: no post may be left unfilled",
    )
    formula: ClassVar[str] = "holders + hires >= posts, by school, stage and subject"
    default_firmness: ClassVar[Firmness] = "should"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = ("should", "watch", "off")
    tier: ClassVar[str] = "vacancies"

    counted: Counted = parameter("agreed", "岗位", "posts", "choice", choices=_COUNTED)

    def _posts(self, county: County) -> Iterator[tuple[str, Stage, str, int]]:
        """School, stage, subject and posts, where there are any."""
        for line in post_lines(county):
            posts = line.posts if self.counted == "all" else line.agreed
            if posts:
                yield line.school, line.stage, line.subject, posts

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The subject of the post."""
        del county
        return {"subject": lambda t: t.subject}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``holders + hires >= posts``."""
        for school, stage, subject, posts in self._posts(county):
            places: list[Place] = [p for p in county.places_of_school[school] if p.stage == stage]
            held = x.holding(places, where={"subject": subject})
            hired = x.supply(places, where=partial(_fills, subject))
            key = f"{school}/{stage}.{subject}"
            yield Row(key, held.expression + hired.expression, ">=", float(posts))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Holders against posts."""
        holders: Counter[tuple[str, str, str]] = Counter()
        for section, people in plan.holders.items():
            place = county.places[section]
            for teacher in people:
                holders[place.school.id, place.stage, teacher.subject] += 1
        for (section, subject), entries in plan.supplied.items():
            place = county.places[section]
            for entry in entries:
                if entry.kind in ON_POSTS:
                    holders[place.school.id, place.stage, subject] += entry.count
        for school, stage, subject, posts in self._posts(county):
            held = holders[school, stage, subject]
            key = f"{school}/{stage}.{subject}"
            yield Reading(key, held, ">=", posts, "people", max(0, posts - held))


def _fills(subject: str, offer: SupplyOffer) -> bool:
    """Whether people of an offer fill posts of a subject."""
    return offer.on_post and offer.subject == subject
