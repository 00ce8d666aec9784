"""The county as tables of records: the columns, their words, and the way back into the county.

Pages edit these tables, workbooks hold them; one description serves both.
"""

from allocator.records.fields import Field, name_of, names_of
from allocator.records.lists import Change, Listed, Plain, Table
from allocator.records.tables import TABLES, table

__all__ = ["TABLES", "Change", "Field", "Listed", "Plain", "Table", "name_of", "names_of", "table"]
