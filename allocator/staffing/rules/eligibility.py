"""Who may not be moved now, and from and to which schools nobody moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Text
from allocator.staffing.groups import Who
from allocator.staffing.heads import free_to_move
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait


class EligibilityLock(StaffingRule):
    """Nobody is moved whose standing is 暂不交流, and nobody moves to a private school.

    Heads against whose move nothing stands but their office are the business of another rule.
    """

    title: ClassVar[Text] = Text("交流资格与暂缓情形", "Eligibility and exemptions")
    sentence: ClassVar[Text] = Text(
        "暂不交流人员（孕哺期、医疗、临退、服务期、任期未满、非在编等）不安排交流，也不安排到民办学校",
        "Nobody is moved whose standing is not now (exempt, running term, not on "
        "establishment), and nobody moves to a private school",
    )
    measure: ClassVar[Text] = Text("不应安排的交流", "moves that may not be")
    clause: ClassVar[Text] = Text(
        "教师〔2014〕4号；县管校聘实施办法", "Ministry of Education, Teachers [2014] No. 4"
    )
    formula: ClassVar[str] = "move[t, s] = 0 where t is not movable or s is private"
    default_firmness: ClassVar[Firmness] = "must"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher may be moved, the office of a head apart."""
        return {"movable": lambda t: free_to_move(county.standings[t.id])}

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Only movable people, only public schools."""
        return bool(who["movable"]) and not place.school.private

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """One reading for each move, broken where it may not be."""
        for m in plan.placed:
            standing = county.standings[m.teacher.id]
            barred = standing.status == "not_now" and standing.reason != "appointed"
            wrong = barred or m.destination.school.private
            yield Reading(
                m.teacher.id,
                int(wrong),
                "<=",
                0,
                "people",
                int(wrong),
                {"reason": standing.reason},
            )
