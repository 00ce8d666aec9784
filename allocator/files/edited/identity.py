"""What a results workbook says of itself, out of sight: which list stands in which sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from allocator.files.books import RawSheet
from allocator.files.workbook.identity import HEADINGS, SHEET


@dataclass(frozen=True)
class Told:
    """What the hidden sheet tells; nothing where there is none, as in older workbooks."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    """Name of a sheet when written -> identity of what it holds."""
    scenario: str = ""
    """Hash of the scenario the workbook was made from."""

    def named(self, identity: str) -> tuple[str, ...]:
        """Names of the sheets that hold something."""
        return tuple(name for name, held in self.sheets.items() if held == identity)


def told_by(sheets: Iterable[RawSheet]) -> Told:
    """Read the hidden sheet of a workbook."""
    held = next((s for s in sheets if s.name == SHEET), None)
    if held is None:
        return Told()
    about: dict[str, str] = {}
    found: dict[str, str] = {}
    listing = False
    for row in held.rows:
        cells = ["" if cell is None else str(cell) for cell in row]
        if tuple(cells[: len(HEADINGS)]) == HEADINGS:
            listing = True
        elif listing and len(cells) > 1 and cells[0]:
            found[cells[1]] = cells[0]
        elif not listing and len(cells) > 1 and cells[0]:
            about[cells[0]] = cells[1]
    return Told(found, about.get("scenario", ""))
