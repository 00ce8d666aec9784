"""Terms of the exchange that are no rule: when moves start, how long they last, what one costs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from allocator.county.decisions import MoveKind
from allocator.county.frozen import Frozen, Month
from allocator.county.plan import Move
from allocator.staffing.need import CoverageBy


class StaffingTerms(Frozen):
    """When moves start, how long a secondment lasts, and the price of a move."""

    start: Month = "2020-09"
    """First month of the moves; in a scenario, that of the coming school year if not given."""
    years: Annotated[int, Field(ge=1, le=10)] = 3
    """Length of a secondment (交流), years; then a right of return."""
    opening_kind: MoveKind = "transfer"
    """How the first team of an opening school comes: with its posts, or for a term."""
    coverage: CoverageBy = "periods"
    """Whether coverage is counted against weekly periods or against agreed posts."""
    minutes_per_move: Annotated[int, Field(ge=0, le=600)] = 30
    """What one move costs beside its travel, in minutes of travel."""
    published: tuple[Move, ...] = ()
    """Moves of last year's or a published plan, from which as little as possible is changed."""
