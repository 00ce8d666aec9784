"""Relatives who are not to come to one school."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County
from allocator.modelling import Firmness, Reading, Row, Text
from allocator.staffing.kin import named, pairs
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class RelativesApartCap(StaffingRule):
    """No move brings relatives (亲属回避) to one school.

    Those who are at one school before the moves and stay there are not judged; a move between
    campuses of a school does not bring them together.
    """

    title: ClassVar[Text] = Text("亲属回避", "Relatives apart")
    sentence: ClassVar[Text] = Text(
        "交流不使有亲属回避关系的两名教师到同一所学校任教（现已同校的除外）",
        "No move brings two relatives to one school (those at one school already are excepted)",
    )
    measure: ClassVar[Text] = Text("同校任教的亲属", "relatives at one school")
    clause: ClassVar[Text] = Text(
        "事业单位人事管理回避规定；各地交流工作的做法",
        "Rules on avoidance in public institutions; practice of other counties",
    )
    formula: ClassVar[str] = "a serves at school + b serves at school <= 1"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The number of whoever is to be apart from a relative."""
        return {"relative": named(county, "relatives")}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``a at school + b at school <= 1``, but where both start there."""
        for key, first, second in pairs(county, "relatives"):
            starts = [county.start(county.teacher[t]).school.id for t in (first, second)]
            for school, places in county.places_of_school.items():
                if starts == [school, school]:
                    continue
                both = x.serving(places, where={"relative": first}) + x.serving(
                    places, where={"relative": second}
                )
                if both.most > 1:
                    yield Row(f"{key}@{school}", both.expression, "<=", 1.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """How many of each pair are at the school where the first serves."""
        for key, first, second in pairs(county, "relatives"):
            here, there = (plan.serving[t].school.id for t in (first, second))
            before = {county.start(county.teacher[t]).school.id for t in (first, second)}
            if before == {here}:
                continue
            together = int(here == there)
            yield Reading(f"{key}@{here}", 1 + together, "<=", 1, "people", together)
