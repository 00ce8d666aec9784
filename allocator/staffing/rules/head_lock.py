"""Heads of schools are appointed, not proposed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Text
from allocator.staffing.groups import Who
from allocator.staffing.heads import is_head, sent_to
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule, Trait


class HeadLock(StaffingRule):
    """Principals and party secretaries (书记、校长) go only where they are sent beforehand.

    The Party committee appoints them: its decisions are entered as pins or as results of a round.
    Where this rule is off, moves of heads may be proposed; proposals stay out of every list for
    publication.
    """

    title: ClassVar[Text] = Text("书记校长由组织任命", "Heads are appointed")
    sentence: ClassVar[Text] = Text(
        "书记、校长只按组织决定（指定或聘任结果）调动；停用本规则，即允许系统提出书记校长交流建议（不列入公示名单）",
        "Principals and party secretaries move only where a pin or an appointment sends them; "
        "switched off, moves of heads may be proposed (never in a list for publication)",
    )
    measure: ClassVar[Text] = Text("未经任命的调动", "moves without an appointment")
    clause: ClassVar[Text] = Text(
        "举措2 坚持党管干部原则；举措3 学校党组织领导下的校长负责制",
        "Plan, measures 2 and 3: the Party appoints cadres and leads the schools",
    )
    formula: ClassVar[str] = "move[t, s] = 0 where t is a head not sent to s"
    default_firmness: ClassVar[Firmness] = "must"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "rates"
    of_heads: ClassVar[bool] = True

    def traits(self, county: County) -> Mapping[str, Trait]:
        """The campuses a head is sent to; None for everybody else."""
        return {"sent": lambda t: sent_to(county, t) if is_head(t) else None}

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Heads only where they are sent, others anywhere."""
        sent = who["sent"]
        return not isinstance(sent, tuple) or place.campus.id in sent

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """One reading for each head, broken where nobody decided the move.

        Heads of private schools are named only where they are moved.
        """
        wrong = {
            m.teacher.id
            for m in plan.placed
            if m.destination.campus.id not in sent_to(county, m.teacher)
        }
        for teacher in county.teacher.values():
            number = int(teacher.id in wrong)
            if is_head(teacher) and (number or teacher.employment != "private"):
                yield Reading(teacher.id, number, "<=", 0, "people", number)
