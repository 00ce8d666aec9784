"""How many of a senior high's places each channel of admission may, or must, have."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from allocator.admission.channels import channels
from allocator.admission.rule import AdmissionRule
from allocator.county.county import County
from allocator.county.frozen import Share
from allocator.modelling import (
    Firmness,
    Linear,
    Reading,
    Row,
    Text,
    cap_row,
    fraction,
    parameter,
    required,
    share_row,
)

if TYPE_CHECKING:
    from allocator.admission.table import QuotaTable
    from allocator.admission.variables import Variables

_SELF = Text("自主招生名额", "places by self-recruitment")
_SPECIALTY = Text("特长招生名额", "places for gifted pupils")
_UNIFIED = Text("统一招生名额", "places of unified admission")


class ChannelLimits(AdmissionRule):
    """Self-recruitment and specialty places are limited, unified admission keeps its part.

    The quota is limited by what it leaves: where a senior high does not state its places of
    unified admission, they are what the other channels leave.
    """

    title: ClassVar[Text] = Text("各招生渠道比例", "Limits of admission channels")
    sentence: ClassVar[Text] = Text(
        "每所高中的自主招生不超过招生名额的 {self_at_most}，特长招生不超过 {specialty_at_most}，"
        "统一招生不低于 {unified_at_least}",
        "Of the places of each senior high, self-recruitment has at most {self_at_most}, specialty "
        "admission at most {specialty_at_most} and unified admission at least {unified_at_least}",
    )
    measure: ClassVar[Text] = Text("招生名额", "places")
    clause: ClassVar[Text] = Text(
        "慈溪市“十四五”教育规划举措21：名额分配与自主招生、特长招生、统一招生相结合；比例为示例",
        "Cixi 14th five-year education plan, measure 21: quota, self-recruitment, specialty and "
        "unified admission; the shares are examples",
    )
    formula: ClassVar[str] = (
        "self_i <= self_at_most * places_i, specialty_i <= specialty_at_most * places_i, "
        "places_i - self_i - specialty_i - sum_j place[i, j] >= unified_at_least * places_i"
    )
    default_firmness: ClassVar[Firmness] = "watch"
    tier: ClassVar[str] = "protection"

    self_at_most: Share = parameter(
        Decimal("0.10"), "自主招生不超过", "self-recruitment at most", "share"
    )
    specialty_at_most: Share = parameter(
        Decimal("0.05"), "特长招生不超过", "specialty at most", "share"
    )
    unified_at_least: Share = parameter(
        Decimal("0.20"), "统一招生不低于", "unified admission at least", "share"
    )

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """Two constants and what the quota leaves, for each senior high with places."""
        self_most, specialty_most = fraction(self.self_at_most), fraction(self.specialty_at_most)
        for high in sorted(county.senior_highs, key=lambda h: h.id):
            if not high.places:
                continue
            whole = Linear.number(high.places)
            by_itself, gifted = Linear.number(high.self_recruitment), Linear.number(high.specialty)
            yield cap_row(f"{high.id}:self_recruitment", by_itself, whole, self_most)
            yield cap_row(f"{high.id}:specialty", gifted, whole, specialty_most)
            unified = whole - by_itself - gifted - x.places(high=high.id).expression
            if high.unified is not None:
                unified = Linear.number(high.unified)
            yield share_row(
                f"{high.id}:unified", unified, whole, fraction(self.unified_at_least), up=True
            )

    def readings(self, county: County, table: QuotaTable) -> Iterator[Reading]:
        """Places of each channel, as the table leaves them."""
        most_self, most_specialty = self.self_at_most, self.specialty_at_most
        for id, held in channels(county, table.rows).items():
            if not held.places:
                continue
            for channel, measure, actual, limit in (
                ("self_recruitment", _SELF, held.self_recruitment, most_self),
                ("specialty", _SPECIALTY, held.specialty, most_specialty),
            ):
                most, key = required(limit, held.places, up=False), f"{id}:{channel}"
                over = max(0, actual - most)
                yield Reading(key, actual, "<=", most, "places", over, measure=measure)
            least = required(self.unified_at_least, held.places, up=True)
            yield Reading(
                f"{id}:unified",
                held.unified,
                ">=",
                least,
                "places",
                max(0, least - held.unified),
                measure=_UNIFIED,
            )
