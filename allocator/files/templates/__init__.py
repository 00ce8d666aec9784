"""Workbooks to fill in, and the data of a scenario as a workbook that is read back without loss."""

from allocator.files.templates.books import (
    data_bytes,
    template_bytes,
    write_data,
    write_template,
)

__all__ = ["data_bytes", "template_bytes", "write_data", "write_template"]
