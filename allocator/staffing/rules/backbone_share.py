"""The share of backbone teachers among those exchanged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from allocator.county.county import County
from allocator.county.frozen import Share
from allocator.modelling import Firmness, Reading, Row, Text, fraction, parameter, share_row
from allocator.staffing.counted import COUNTED, CountedMoves
from allocator.staffing.placement import Placement
from allocator.staffing.rule import Trait
from allocator.staffing.variables import Variables


class BackboneShare(CountedMoves):
    """At least a share of those exchanged are backbone teachers."""

    title: ClassVar[Text] = Text("交流教师中的骨干比例", "Backbone share of the exchange")
    sentence: ClassVar[Text] = Text(
        "交流教师中骨干教师不低于 {at_least}",
        "At least {at_least} of those exchanged are backbone teachers",
    ).then(COUNTED)
    measure: ClassVar[Text] = Text("交流的骨干教师", "backbone teachers exchanged")
    clause: ClassVar[Text] = Text(
        "教师〔2014〕4号：骨干教师交流不低于交流总数的 20%",
        "Ministry of Education, Teachers [2014] No. 4: at least 20 % of those exchanged",
    )
    formula: ClassVar[str] = "backbone moves >= at_least * moves"
    default_firmness: ClassVar[Firmness] = "must"
    tier: ClassVar[str] = "rates"

    at_least: Share = parameter(Decimal("0.20"), "比例不低于", "at least", "share")

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Whether a teacher is a county-level backbone teacher or higher."""
        return {"backbone": lambda t: t.backbone}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``q backbone moves >= p moves``."""
        moved, backbone = self.moved(x), self.moved(x, "backbone")
        yield share_row("county", backbone, moved, fraction(self.at_least), up=True)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Backbone teachers exchanged; the shortfall is counted if replaced, not added."""
        moved = self.counted(plan)
        backbone = [m for m in moved if m.teacher.backbone]
        asked = Fraction(self.at_least) * len(moved)
        needed = -(-asked.numerator // asked.denominator)
        yield Reading(
            "county",
            len(backbone),
            ">=",
            needed,
            "people",
            max(0, needed - len(backbone)),
            {"moved": len(moved)},
        )
