"""The workbook of an outcome: one file a planner reads, prints and sends on."""

from allocator.files.workbook.workbook import (
    comparison_bytes,
    workbook_bytes,
    write_comparison,
    write_simulation,
    write_workbook,
)

__all__ = [
    "comparison_bytes",
    "workbook_bytes",
    "write_comparison",
    "write_simulation",
    "write_workbook",
]
