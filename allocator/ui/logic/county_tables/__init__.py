"""The tables of the county page: what each shows, counts and lets people change."""

from allocator.ui.logic.county_tables.grid import Grid, Total
from allocator.ui.logic.county_tables.grids import GRIDS, GROUPS, grid, shown_for

__all__ = ["GRIDS", "GROUPS", "Grid", "Total", "grid", "shown_for"]
