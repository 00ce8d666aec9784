"""Terms of the division that are no rule: whose graduates count, and how fractions round."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from allocator.admission.signposts import METHODS, Divisor, Method
from allocator.admission.use_terms import SequenceTerms, UsableTerms
from allocator.county.frozen import Exact, Frozen, Share, Whole

Base = Literal["registered", "graduates", "column", "formula"]
Rounding = Literal[
    "biproportional", "controlled", "largest_remainder", "divisor", "down", "half_up", "lots"
]

ROUNDINGS: tuple[Rounding, ...] = (
    "biproportional", "controlled", "largest_remainder", "divisor", "down", "half_up", "lots"
)  # fmt: skip


class WeightedColumn(Frozen):
    """A column of the base and what one unit of it counts for."""

    column: Annotated[str, Field(min_length=1, max_length=40)]
    """``registered``, ``graduates``, or the name of a figure of the bureau's own."""
    weight: Annotated[Exact, Field(ge=0)] = Decimal(1)


class AdmissionTerms(Frozen):
    """What entitles a junior high to quota places, and the method that rounds."""

    base: Base = "registered"
    """Graduates with three years' registration (三年学籍), all graduates, one column of the
    bureau's own, or a formula of several columns."""
    column: str | None = None
    """The column that is the base, for ``column``."""
    formula: tuple[WeightedColumn, ...] = ()
    """Columns that add up to the base, for ``formula``."""
    deductions: tuple[WeightedColumn, ...] = ()
    """Columns that are taken off the base, which never falls below 0, for ``formula``."""
    private_factor: Share = Decimal(1)
    """What a graduate of a private junior high counts for: 1 in, 0 out."""
    pool_below: Whole | None = None
    """A junior high listed in a pool stands alone if it has so many eligible graduates; None keeps
    all that are listed in their pool."""
    rounding: Rounding = "biproportional"
    """How the table is made: one biproportional table (双向比例), a controlled rounding
    (受控取整) of the fitted shares, or senior high by senior high, where no rule on junior highs
    binds."""
    method: Method = "webster"
    """The divisor method: fractions round at the arithmetic (webster), geometric (hill) or harmonic
    mean (dean), down (dhondt) or up (adams); with the last three but dhondt every pair with an
    entitlement has a first place."""
    ties: Literal["protocol", "lot"] = "protocol"
    """What settles a tie: protected first, then the larger remainder, then the code; or the lot on
    record, and the protocol where the lot is silent."""
    usable: UsableTerms = UsableTerms()
    """How the use of quota places is estimated from earlier years."""
    sequence: SequenceTerms = SequenceTerms()
    """Who may take up a quota place in the simulation."""

    @property
    def divisor(self) -> Divisor:
        """The divisor method as signposts."""
        return METHODS[self.method]
