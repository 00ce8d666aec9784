"""Headings of the tables that are signed, sent to schools and confirmed by them."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.insight.column import Column, column
from allocator.insight.vocabulary import (
    EXEMPTION,
    STANDING,
    STANDING_REASON,
    TERM_STATE,
    YES_NO,
)

FORM_COLUMNS: Mapping[str, Column] = {
    # rates
    "counted": column("计入人数（人）", "Counted (people)", "whole"),
    "base_people": column("基数（人）", "Base (people)", "whole"),
    "rate": column("实际比例", "Rate", "share"),
    "asked_share": column("要求比例", "Share asked for", "share"),
    "asked_people": column("应达人数（人）", "Asked for (people)", "whole"),
    "short_people": column("尚缺（人）", "Short (people)", "whole"),
    "schools_missed": column("未达到学校（所）", "Schools that miss it", "whole"),
    "sender": column("须派出学校", "Has to send", words=YES_NO),
    "pooled_with": column("合并计算片区", "Pooled in zone"),
    "sent": column("派出交流·计入（人）", "Sent, counted (people)", "whole"),
    "received": column("接收交流·计入（人）", "Received, counted (people)", "whole"),
    "sent_backbone": column("派出骨干（人）", "Backbone sent (people)", "whole"),
    "backbone_share": column("派出骨干占比", "Backbone share of those sent", "share"),
    # terms of secondments
    "home_school": column("编制所在学校", "School of the post"),
    "serving_school": column("交流学校", "Serves at"),
    "started": column("开始年月", "Started"),
    "ends": column("期满年月", "Ends"),
    "term_state": column("状态", "State", words=TERM_STATE),
    # against last year
    "past_year": column("对比年份", "Compared with", "code"),
    "past_total": column("上年名额", "Last year's places", "whole"),
    "change_share": column("增减幅度", "Change in per cent", "share"),
    "published_out": column("公布派出（人）", "Published leaving (people)", "whole"),
    "now_out": column("现派出（人）", "Leaving now (people)", "whole"),
    "published_in": column("公布接收（人）", "Published arriving (people)", "whole"),
    "now_in": column("现接收（人）", "Arriving now (people)", "whole"),
    "net_change": column("净增变化（人）", "Change of the balance (people)", "whole"),
    # approval
    "asked": column("要求", "Asked for"),
    # notices
    "notice": column("通知单", "Notice", "whole"),
    "arrivals": column("调入（人）", "Arriving (people)", "whole"),
    "departures": column("调出（人）", "Leaving (people)", "whole"),
    "threshold": column("标准", "Threshold", "decimal"),
    "value_before": column("方案前", "Before", "decimal"),
    "value_after": column("方案后", "After", "decimal"),
    "met_after": column("达标", "Reached", words=YES_NO),
    "places_given": column("名额（名）", "Quota places (places)", "whole"),
    "past_places_given": column("上年（名）", "Last year (places)", "whole"),
    "claim_given": column("取整前应得（名额）", "Claim before rounding (places)", "decimal"),
    # lists to confirm, and what came back
    "corrected_to": column("更正为", "Corrected to", words=STANDING),
    "corrected_ground": column("更正的暂缓情形", "Corrected ground", words=EXEMPTION),
    "note": column("更正说明", "Note", "long"),
    "confirmed_by": column("确认人", "Confirmed by"),
    "standing_now": column("现资格", "Standing now", words=STANDING),
    "reason_now": column("现认定原因", "Reason now", words=STANDING_REASON),
    "found_in": column("来源", "Found in"),
}
