"""The workbook of an outcome: one file a planner reads, prints and sends on."""

from allocator.files.workbook.workbook import workbook_bytes, write_simulation, write_workbook

__all__ = ["workbook_bytes", "write_simulation", "write_workbook"]
