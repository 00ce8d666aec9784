"""One principal for each school."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County
from allocator.modelling import Firmness, Reading, Row, Text
from allocator.staffing.base import public_schools
from allocator.staffing.heads import leads
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class OnePrincipalLock(StaffingRule):
    """A school with a principal has exactly one after the moves.

    Counted by legal unit (法人), not by campus. Units without a principal in
    post today, opening schools among them, get one or none.
    """

    title: ClassVar[Text] = Text("一校一长", "One principal a school")
    sentence: ClassVar[Text] = Text(
        "现有校长的学校（法人，不按校区）调整后有且只有一名在岗校长；新办或暂缺校长的学校至多一名",
        "A school with a principal today (legal unit, not campus) has exactly one in post after "
        "the moves; an opening school, or one without, has at most one",
    )
    measure: ClassVar[Text] = Text("在岗校长", "principals in post")
    clause: ClassVar[Text] = Text(
        "举措3 学校党组织领导下的校长负责制",
        "Plan, measure 3: the principal is responsible, led by the school's Party organisation",
    )
    formula: ClassVar[str] = "principals serving at school = 1"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"
    of_heads: ClassVar[bool] = True

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a principal in post, and where today."""
        return {
            "principal": leads,
            "today": lambda t: county.home(t).school.id if leads(t) else None,
        }

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``principals serving == 1``, or ``<= 1`` where there is none today."""
        led = {who["today"] for who in x.groups()}
        for school, places in public_schools(county):
            count = x.serving(places, "principal").expression
            yield Row(school.id, count, "==" if school.id in led else "<=", 1.0)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Principals of each school against one."""
        led = {county.home(t).school.id for t in county.teacher.values() if leads(t)}
        after = Counter(plan.serving[t.id].school.id for t in county.teacher.values() if leads(t))
        for school, _ in public_schools(county):
            here = after[school.id]
            if school.id in led:
                yield Reading(school.id, here, "==", 1, "people", abs(here - 1))
            else:
                yield Reading(school.id, here, "<=", 1, "people", max(0, here - 1))
