"""What can be taken away, in which forms, under which file name: as the command line has it."""

from allocator.files.export.items import (
    ITEMS,
    Item,
    Kind,
    as_csv,
    as_xlsx,
    file_name,
    item,
    names_of,
    possible,
    table_of,
    whole,
)

__all__ = [
    "ITEMS",
    "Item",
    "Kind",
    "as_csv",
    "as_xlsx",
    "file_name",
    "item",
    "names_of",
    "possible",
    "table_of",
    "whole",
]
