"""Places of a junior high change little from one year to the next."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.county.frozen import Share
from allocator.modelling import Firmness, Reading, Row, Sense, Text, fraction, parameter

if TYPE_CHECKING:
    from allocator.admission.claimants import Claimant
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables


class ChangeCap(AdmissionRule):
    """The places of a junior high differ from those of the last year on record by a little only.

    A pool is compared with what it and its schools had together. Junior highs that had no places
    that year, or claim none now, are free.
    """

    title: ClassVar[Text] = Text("较上年变化上限", "Cap on the change from last year")
    sentence: ClassVar[Text] = Text(
        "每所初中的名额与上一次分配相比，增减不超过 {places} 个名额或 {share}（取较大者）",
        "The places of a junior high change by at most {places} places or {share} of those of the "
        "last year on record, whichever is more",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text(
        "各地做法：名额逐年平稳过渡；数值为示例",
        "Practice of other counties; the numbers are examples",
    )
    formula: ClassVar[str] = "|sum_i place[i, j] - last_j| <= max(places, share * last_j)"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "protection"

    places: Annotated[int, Field(ge=0, le=1000)] = parameter(
        3, "增减不超过", "change at most", "places"
    )
    share: Share = parameter(
        Decimal("0.10"), "或不超过上年的", "or at most of last year's", "share"
    )

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Two rows for each junior high with places last year; one figure, the change."""
        (p, q), had = fraction(self.share), _last_totals(county)
        for school, claimant in x.entitlement.claimants.items():
            last = _last(had, claimant)
            if last and x.entitlement.columns[school]:
                total = x.places(school=school).expression
                change = max(self.places, p * last // q)
                least, most = float(max(0, last - change)), float(last + change)
                yield Row(f"{school}.least", total, ">=", least, together=school)
                yield Row(f"{school}.most", total, "<=", most, together=school)

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places received against the nearer end of what is allowed."""
        claims, had = table.entitlement.columns, _last_totals(county)
        for school, received in table.columns.items():
            last = _last(had, table.entitlement.claimants[school])
            if not last or not claims[school]:
                continue
            allowed = max(Fraction(self.places), Fraction(self.share) * last)
            excess = max(0, math.ceil(abs(received - last) - allowed))
            rises = received > last
            limit = last + math.floor(allowed) if rises else max(0, last - math.floor(allowed))
            sense: Sense = "<=" if rises else ">="
            yield Reading(school, received, sense, limit, "places", excess, {"last": last})


def _last_totals(county: County) -> Counter[str]:
    """Places of each junior high or pool in the last year on record."""
    latest = max((past.year for past in county.past_quotas), default=0)
    found: Counter[str] = Counter()
    for past in county.past_quotas:
        if past.year == latest:
            found[past.junior_high] += past.places
    return found


def _last(had: Counter[str], claimant: Claimant) -> int:
    """Places of a junior high, or of a pool and its schools together."""
    return sum(had[id] for id in {claimant.id, *(school.id for school in claimant.schools)})
