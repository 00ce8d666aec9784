"""Files in and out: scenarios, outcomes, plans, their schema."""

from allocator.files.curriculum import load_curriculum, with_curriculum
from allocator.files.matrix import save_matrix
from allocator.files.matrix_reading import load_matrix
from allocator.files.outcomes import load_outcome, load_plan, load_plan_or_outcome, save_outcome
from allocator.files.scenarios import load, save, text_of
from allocator.files.schema import schema

__all__ = [
    "load",
    "load_curriculum",
    "load_matrix",
    "load_outcome",
    "load_plan",
    "load_plan_or_outcome",
    "save",
    "save_matrix",
    "save_outcome",
    "schema",
    "text_of",
    "with_curriculum",
]
