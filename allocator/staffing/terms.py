"""Terms of the exchange that are no rule: when moves start, how long they last, what one costs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from allocator.county.frozen import Frozen, Month


class StaffingTerms(Frozen):
    """When moves start, how long a secondment lasts, and the price of a move."""

    start: Month = "2020-09"
    """First month of the moves."""
    years: Annotated[int, Field(ge=1, le=10)] = 3
    """Length of a secondment (交流), years; then a right of return."""
    minutes_per_move: Annotated[int, Field(ge=0, le=600)] = 30
    """What one move costs beside its travel, in minutes of travel."""
