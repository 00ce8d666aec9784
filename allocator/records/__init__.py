"""The county as tables of records: the columns, their words, and the way back into the county.

Pages edit these tables, workbooks hold them; one description serves both.
"""

from allocator.records.fields import Field, name_of, names_of
from allocator.records.lists import Listed
from allocator.records.rows import Change, Plain, Table
from allocator.records.tables import TABLES, table
from allocator.records.whole import added, county_of, with_changes

__all__ = [
    "TABLES", "Change", "Field", "Listed", "Plain", "Table", "added", "county_of", "name_of",
    "names_of", "table", "with_changes",
]  # fmt: skip
