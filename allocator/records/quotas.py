"""Tables of the admission office: senior highs, figures, pools, past places, lots."""

from __future__ import annotations

from allocator.county.places import SeniorHigh
from allocator.county.quotas import PastQuota, QuotaLot, QuotaPin, QuotaPool, SchoolFigure
from allocator.modelling import Text
from allocator.records.fields import Field
from allocator.records.inside import Inside
from allocator.records.lists import Listed
from allocator.records.nested import figures_of, with_figures
from allocator.records.rows import Table
from allocator.records.schools import ID, NAME

EVERY_HIGH = "all"
"""Row of the lot that goes for all senior highs without one of their own."""

_PLACES = Text("招生计划（名）", "Places (places)")
SENIOR_HIGHS = Listed(
    "senior_highs",
    Text("普通高中", "Senior highs"),
    {
        "id": ID,
        "name": NAME,
        "places": Field(_PLACES, "whole"),
        "quality": Field(Text("优质示范高中", "Quality demonstration school"), "flag"),
        "quota_share": Field(
            Text("名额比例（%）", "Quota share (%)"),
            "percent",
            optional=True,
            help=Text("留空按规则的比例", "Empty takes the rule's share"),
        ),
        "quota_places": Field(
            Text("直接填报名额（名）", "Quota places stated (places)"),
            "whole",
            optional=True,
            help=Text("留空按比例计算", "Empty derives them from the share"),
        ),
        "self_recruitment": Field(Text("自主招生（名）", "Own examination (places)"), "whole"),
        "specialty": Field(Text("特长招生（名）", "Gifted pupils (places)"), "whole"),
        "unified": Field(
            Text("统一招生（名）", "Unified admission (places)"),
            "whole",
            optional=True,
            help=Text("留空为其余名额", "Empty takes what is left"),
        ),
        "tops_up": Field(Text("给予照顾名额", "Gives additional places"), "flag"),
        "score_floor": Field(
            Text("名额分配最低线（分）", "Least score (points)"), "number", optional=True
        ),
        "admission_area": Field(
            Text("招生范围（镇街）", "Admits from (townships)"),
            "choices",
            names="townships",
            help=Text("留空为全县", "Empty means the whole county"),
        ),
    },
    "senior_highs",
    record=SeniorHigh,
)
_JUNIOR = Field(Text("初中学校", "Junior high"), "choice", names="schools", fixed=True)
FIGURES = Inside(
    "figures",
    Text("自定义指标", "Own figures"),
    {
        "school": _JUNIOR,
        "name": Field(Text("指标", "Figure"), fixed=True),
        "amount": Field(Text("数值", "Amount"), "number"),
    },
    figures_of,
    with_figures,
    record=SchoolFigure,
    keys=("school", "name"),
)
POOLS = Listed(
    "quota_pools",
    Text("合并计算的小规模学校", "Pooled junior highs"),
    {
        "id": ID,
        "name": NAME,
        "schools": Field(Text("学校", "Schools"), "choices", names="schools"),
    },
    "quota_pools",
    record=QuotaPool,
)
PAST = Listed(
    "past_quotas",
    Text("往年名额", "Past quota places"),
    {
        "year": Field(Text("年份", "Year"), "whole", fixed=True),
        "senior_high": Field(
            Text("高中", "Senior high"), "choice", names="senior_highs", fixed=True
        ),
        "junior_high": Field(
            Text("初中学校", "Junior high"), "choice", names="claimants", fixed=True
        ),
        "places": Field(Text("名额（名）", "Quota places (places)"), "whole"),
        "filled": Field(Text("其中录取（名）", "Of these filled (places)"), "whole", optional=True),
    },
    "past_quotas",
    record=PastQuota,
    keys=("year", "senior_high", "junior_high"),
    key=lambda past: f"{past.year}.{past.senior_high}.{past.junior_high}",
)
LOTS = Listed(
    "quota_lots",
    Text("抽签结果", "Lots drawn"),
    {
        "senior_high": Field(
            Text("高中（留空为全部）", "Senior high (empty for all)"),
            "choice",
            names="senior_highs",
            optional=True,
            fixed=True,
        ),
        "order": Field(
            Text("签序（先抽中在前）", "Order (first drawn first)"), "choices", names="claimants"
        ),
        "drawn_by": Field(Text("抽签人", "Drawn by")),
        "on": Field(Text("抽签年月", "Drawn in"), "month"),
        "note": Field(Text("说明", "Note"), long=True),
    },
    "quota_lots",
    record=QuotaLot,
    key=lambda lot: lot.senior_high or EVERY_HIGH,
    keys=("senior_high",),
    made_of=lambda values: values.get("senior_high") or EVERY_HIGH,
)

PINS = Listed(
    "quota_pins",
    Text("指定名额", "Places fixed beforehand"),
    {
        "senior_high": Field(
            Text("高中", "Senior high"), "choice", names="senior_highs", fixed=True
        ),
        "junior_high": Field(
            Text("初中学校", "Junior high"), "choice", names="claimants", fixed=True
        ),
        "places": Field(Text("名额（名）", "Quota places (places)"), "whole"),
        "reason": Field(Text("说明", "Note"), long=True),
    },
    "quota_pins",
    record=QuotaPin,
    keys=("senior_high", "junior_high"),
    key=lambda pin: f"{pin.senior_high}.{pin.junior_high}",
)

QUOTAS: tuple[Table, ...] = (SENIOR_HIGHS, FIGURES, POOLS, PAST, LOTS, PINS)
