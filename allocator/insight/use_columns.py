"""Headings of the tables about the use of quota places."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.insight.column import Column, column
from allocator.insight.vocabulary import Words
from allocator.modelling import Text

REACH: Words = {
    "cell": Text("本校在该高中", "this junior high there"),
    "junior_high": Text("并参考本校各高中合计", "and the junior high at all senior highs"),
    "senior_high": Text("并参考该高中各校合计", "and the senior high for all junior highs"),
    "county": Text("并参考全县", "and the whole county"),
}
"""The widest record of earlier years that a rate rests on."""
CHANNEL: Words = {
    "quota": Text("名额分配", "quota place"),
    "unified": Text("统一招生", "unified admission"),
}
"""Channels that pupils are admitted by in the simulation."""

USE_COLUMNS: Mapping[str, Column] = {
    "senior_high": column("高中学校", "Senior high"),
    "channel": column("渠道", "Channel", words=CHANNEL),
    # expected from earlier years
    "quota_given": column("分配名额", "Quota places", "whole"),
    "past_places": column("往年名额", "Earlier places", "whole"),
    "past_filled": column("往年使用", "Of these filled", "whole"),
    "use_rate": column("预计使用率", "Expected use", "share"),
    "rate_reach": column("使用率依据", "Rate taken from", words=REACH),
    "used": column("预计使用（名额）", "Expected used (places)", "decimal"),
    "unfilled": column("预计未用（名额）", "Expected unfilled (places)", "decimal"),
    "unified_planned": column("统招计划", "Unified admission, planned", "whole"),
    "unified_expected": column(
        "统招（含预计转入）", "Unified admission, expected with what returns", "decimal"
    ),
    # simulated
    "places_planned": column("招生计划", "Places", "whole"),
    "self_recruitment": column("自主招生", "Self-recruitment", "whole"),
    "specialty": column("特长招生", "Specialty", "whole"),
    "quota_filled": column("名额录取（人）", "Admitted by quota", "whole"),
    "quota_left": column("名额未用（转统招）", "Quota unfilled, returned", "whole"),
    "unified_places": column("统招（含转入）", "Unified with what returned", "whole"),
    "unified_filled": column("统招录取（人）", "Admitted in unified admission", "whole"),
    "score_floor": column("名额最低控制线", "Floor of quota scores", "decimal"),
    "quota_cut": column("名额录取最低分", "Lowest quota score", "decimal"),
    "unified_cut": column("统招录取最低分", "Lowest unified score", "decimal"),
    "line_alone": column("若全部统招的最低分", "Lowest score without quota", "decimal"),
    "gained": column("因名额受益（人）", "Gained by quota (people)", "whole"),
    "applicants": column("考生（人）", "Pupils", "whole"),
    "admitted_before": column("若全部统招录取（人）", "Admitted without quota", "whole"),
    "admitted": column("录取（人）", "Admitted", "whole"),
    "admitted_change": column("增减（人）", "Change (people)", "whole"),
    "admitted_share": column("录取比例", "Share admitted", "share"),
    "pupil": column("考生号", "Pupil no."),
    "score": column("总分", "Score", "decimal"),
    "tied_admitted": column("录取（同分）", "Admitted of the equals", "long"),
    "tied_refused": column("未录取（同分）", "Refused of the equals", "long"),
}
