"""Results workbooks read back after people have changed them by hand."""

from allocator.files.edited.plan import EditedPlan, holds_a_plan, read_edited

__all__ = ["EditedPlan", "holds_a_plan", "read_edited"]
