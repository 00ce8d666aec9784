"""Identity numbers (身份证号): recognised and compared in memory, never kept, written or shown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from allocator.files.books import Cell
from allocator.files.intake.plain import plain

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9X]")


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

    A number that a spreadsheet kept as a number is none: it holds only 15 digits of it.

    References
    ----------
    GB 11643-1999, with the check digit of ISO 7064:1983, MOD 11-2.
    """
    if not isinstance(raw, str):
        return None
    number = plain(raw).strip("'").upper()
    if not _FORM.fullmatch(number):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return Identity(number) if _CHECKS[total % 11] == number[17] else None
