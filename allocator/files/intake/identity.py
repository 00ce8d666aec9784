"""Identity numbers (身份证号): recognised and compared in memory, never kept, written or shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocator.files.books import Cell


@dataclass(frozen=True)
class Identity:
    """A valid identity number; it shows nothing of itself."""

    number: str
    """For joining in memory only."""

    def __repr__(self) -> str:
        return "Identity(...)"

    @property
    def born(self) -> str:
        """Month of birth it states."""
        return f"{self.number[6:10]}-{self.number[10:12]}"

    @property
    def sex(self) -> Literal["f", "m"]:
        """Sex it states."""
        return "m" if int(self.number[16]) % 2 else "f"


def identity(raw: Cell) -> Identity | None:
    """The identity number in a cell: 18 digits with a valid check digit, else None.

    A number that a spreadsheet cut to 15 digits is none.
    """
    raise NotImplementedError
