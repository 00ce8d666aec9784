"""What a look at a sheet finds before it is parsed."""

from __future__ import annotations

from dataclasses import dataclass, field

from allocator.files.books.book import Place


@dataclass
class Found:
    """Extent of a sheet and what its values do not show."""

    rows: int = 0
    """Up to the last one filled."""
    columns: int = 0
    errors: dict[Place, str] = field(default_factory=dict)
    """Cells that hold an error."""
    unsaved: list[Place] = field(default_factory=list)
    """Formulas without a stored value."""
    hidden_rows: int = 0
    linked: bool = False
    """Whether a formula reads another file."""

    def fill(self, row: int, column: int) -> None:
        """Count a cell that holds something."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
