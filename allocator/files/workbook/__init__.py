"""The workbook of an outcome: one file a planner reads, prints and sends on."""

from allocator.files.workbook.workbook import write_workbook

__all__ = ["write_workbook"]
