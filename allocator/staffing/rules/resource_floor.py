"""What each school has in the seven indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County
from allocator.county.frozen import Share
from allocator.county.indicators import INDICATORS, THRESHOLDS, Indicator, SchoolRow, school_rows
from allocator.modelling import Firmness, Reading, Text, parameter
from allocator.staffing.placement import Placement
from allocator.staffing.rule import StaffingRule


class ResourceFloor(StaffingRule):
    """Each school reaches most of the seven thresholds (资源配置达标), and nearly the others.

    Which indicators those are is a choice between them at every school, no linear condition: the
    rule is only watched. A school and stage without data in some indicator is not judged, as what
    is missing in the records is neither met nor missed.
    """

    title: ClassVar[Text] = Text("学校资源配置达标", "Resources of each school")
    sentence: ClassVar[Text] = Text(
        "每所学校每个学段七项资源配置指标中至少 {met_at_least} 项达到要求，其余不低于要求的 "
        "{others_at_least}（七项数据不全的学校不评）",
        "At each school and stage at least {met_at_least} of the seven indicators reach their "
        "threshold and the others {others_at_least} of it (schools without all seven data are not "
        "judged)",
    )
    measure: ClassVar[Text] = Text("达到要求的指标", "indicators that reach their threshold")
    clause: ClassVar[Text] = Text(
        "县域义务教育优质均衡发展督导评估办法（2017）：至少 6 项达标，余项不低于 85%",
        "2017 evaluation measure: at least 6 of 7, and 85 % of the seventh",
    )
    formula: ClassVar[str] = "#{k: X_k >= T_k} >= met_at_least; X_k >= others_at_least * T_k"
    default_firmness: ClassVar[Firmness] = "watch"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = ("watch", "off")
    tier: ClassVar[str] = "balance"

    met_at_least: Annotated[int, Field(ge=1, le=7)] = parameter(
        6, "达标指标不少于", "met at least", "indicators"
    )
    others_at_least: Share = parameter(
        Decimal("0.85"), "其余指标不低于要求的", "others at least", "share"
    )

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """How many indicators each school meets; the shortfall is how many must rise."""
        for row in school_rows(county, plan.serving, plan.plan.supply):
            reading = self.read(row)
            if reading is not None:
                yield reading

    def read(self, row: SchoolRow) -> Reading | None:
        """The reading of one school and stage, None without data in some indicator."""
        parts = reached(row)
        if len(parts) < len(INDICATORS):
            return None
        met = sum(part >= 1 for part in parts.values())
        low = [i for i, part in parts.items() if part < float(self.others_at_least) - 1e-9]
        short = max(0, self.met_at_least - met, len(low))
        return Reading(
            f"{row.school}:{row.stage}",
            met,
            ">=",
            met + short if short else self.met_at_least,
            "indicators",
            short,
            {"low": tuple(low)},
            _measure(low),
        )


def reached(row: SchoolRow) -> Mapping[Indicator, float]:
    """Each indicator with data as a share of its threshold."""
    found = ((i, row.value(i)) for i in INDICATORS)
    return {i: value / THRESHOLDS[i][row.stage] for i, value in found if value is not None}


def _measure(low: list[Indicator]) -> Text | None:
    if not low:
        return None
    zh, en = "、".join(low), ", ".join(low)
    return Text(
        f"达到要求的指标（{zh} 过低）", f"indicators that reach their threshold ({en} too low)"
    )
