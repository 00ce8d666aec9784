"""Identity numbers are used in memory for joining only: wherever a text leaves, they are blotted.

What counts is what a reader could take for one: 15 digits or more, also with gaps between them,
also as a spreadsheet shortens a long number.
"""

from __future__ import annotations

import re
import unicodedata

from allocator.county.frozen import Problem

_LONG = re.compile(r"\d(?:[\s\-]?\d){13,}[\s\-]?[\dXx]|\d\.\d{4,}[Ee]\+?1[4-9]")
BLOTTED = "******"
IDENTITY = Problem("", "this looks like an identity number: remove it, it must not be kept")


def masked(text: str) -> str:
    """A text with everything that may be an identity number blotted out."""
    if len(text) < 12:
        return text
    wide = unicodedata.normalize("NFKC", text)
    return _LONG.sub(BLOTTED, wide) if _LONG.search(wide) else text


def holds_identity(text: str) -> bool:
    """Whether a text holds what may be an identity number."""
    return (
        len(text) >= 12
        and not text.isalpha()
        and _LONG.search(unicodedata.normalize("NFKC", text)) is not None
    )
