"""The language of rules: linear rows, convex pieces, norms, readings, goals. Knows no solver."""

from allocator.modelling.allocation import Allocation, RuleRows
from allocator.modelling.choices import AREA_CHOICES, ROUNDING_CHOICES, Rounding
from allocator.modelling.fixed import fixed
from allocator.modelling.goal import Cost, Tier
from allocator.modelling.linear import Count, Floats, Ints, Linear
from allocator.modelling.norm import Norm
from allocator.modelling.piece import Piece
from allocator.modelling.readings import Reading, fraction, required
from allocator.modelling.rows import Row, Sense, cap_row, share_row
from allocator.modelling.rule import (
    ALL_FIRMNESS,
    MUST_OR_OFF,
    Configured,
    Firmness,
    Language,
    Parameter,
    Rule,
    Text,
    parameter,
    show,
)
from allocator.modelling.sentences import number, verdict

__all__ = [
    "ALL_FIRMNESS",
    "AREA_CHOICES",
    "MUST_OR_OFF",
    "ROUNDING_CHOICES",
    "Allocation",
    "Configured",
    "Cost",
    "Count",
    "Firmness",
    "Floats",
    "Ints",
    "Language",
    "Linear",
    "Norm",
    "Parameter",
    "Piece",
    "Reading",
    "Rounding",
    "Row",
    "Rule",
    "RuleRows",
    "Sense",
    "Text",
    "Tier",
    "cap_row",
    "fixed",
    "fraction",
    "number",
    "parameter",
    "required",
    "share_row",
    "show",
    "verdict",
]
