"""Quota places of single pairs fixed beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Row, Text

if TYPE_CHECKING:
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables


class QuotaPinLock(AdmissionRule):
    """Pairs of schools whose places were fixed beforehand keep exactly these (指定名额).

    A pin of a senior high that divides no places now, or of a junior high that has joined a pool,
    speaks of no pair and is left out.
    """

    title: ClassVar[Text] = Text("指定名额", "Places fixed beforehand")
    sentence: ClassVar[Text] = Text(
        "已指定名额的校对（某高中给某初中）按指定的名额数分配",
        "Pairs of schools whose places were fixed beforehand receive exactly these",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text(
        "招生办事先确定或手工调整的名额", "Places the admissions office fixed or changed by hand"
    )
    formula: ClassVar[str] = "place[i, j] = fixed[i, j]"
    default_firmness: ClassVar[Firmness] = "must"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "protection"

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``place == fixed`` for every pair fixed."""
        due = x.entitlement
        for pin in county.quota_pins:
            high, school = pin.senior_high, pin.junior_high
            if high in due.quotas and school in due.claimants:
                pair = x.places(high=high, school=school).expression
                yield Row(f"{high}:{school}", pair, "==", float(pin.places))

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places of every pair fixed, against what was fixed."""
        due = table.entitlement
        for pin in county.quota_pins:
            cell = (pin.senior_high, pin.junior_high)
            if cell[0] in due.quotas and cell[1] in due.claimants:
                given = table.cells.get(cell, 0)
                off = abs(given - pin.places)
                yield Reading(":".join(cell), given, "==", pin.places, "places", off)
