"""Plans changed by hand: every edit, what it broke or cost, and how it is kept for a new solve."""

from allocator.insight.by_hand.edits import (
    HandEdit,
    MoveEdit,
    QuotaEdit,
    SupplyEdit,
    edits_between,
    with_edits,
)
from allocator.insight.by_hand.judging import Effect, EditVerdict, Judgement, judged
from allocator.insight.by_hand.pins import pinned, unpinned

__all__ = [
    "EditVerdict",
    "Effect",
    "HandEdit",
    "Judgement",
    "MoveEdit",
    "QuotaEdit",
    "SupplyEdit",
    "edits_between",
    "judged",
    "pinned",
    "unpinned",
    "with_edits",
]
