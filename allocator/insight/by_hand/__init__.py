"""Plans changed by hand: every edit, what it broke or cost, and how it is kept for a new solve."""

from allocator.insight.by_hand.edits import (
    HandEdit,
    MoveEdit,
    QuotaEdit,
    SupplyEdit,
    edits_between,
    with_edits,
)
from allocator.insight.by_hand.judging import EditVerdict, Effect, Judgement, judged
from allocator.insight.by_hand.pins import pinned, unpinned
from allocator.insight.by_hand.tables import (
    edit_table,
    edit_verdicts,
    rules_by_hand,
    tiers_by_hand,
    unpinned_table,
)

__all__ = [
    "EditVerdict",
    "Effect",
    "HandEdit",
    "Judgement",
    "MoveEdit",
    "QuotaEdit",
    "SupplyEdit",
    "edit_table",
    "edit_verdicts",
    "edits_between",
    "judged",
    "pinned",
    "rules_by_hand",
    "tiers_by_hand",
    "unpinned",
    "unpinned_table",
    "with_edits",
]
