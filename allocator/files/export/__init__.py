"""What leaves the house: every table in a form chosen knowingly, for people and for programs."""

from allocator.files.export.items import ITEMS, Item, item, possible
from allocator.files.export.result import Result
from allocator.files.export.tables import TABLES, ExportTable

__all__ = ["ITEMS", "TABLES", "ExportTable", "Item", "Result", "item", "possible"]
