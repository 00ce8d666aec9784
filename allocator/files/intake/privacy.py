"""Identity numbers are used in memory for joining only: here they are known and blotted out."""

from __future__ import annotations

import re
import unicodedata

_LONG = re.compile(r"\d[\d\s\-]{13,}[\dXx]?|\d\.\d{4,}[Ee]\+?1[4-9]")
"""What may be an identity number: 15 digits or more, also with gaps, also as Excel shortens it."""
_IDENTITY = re.compile(r"(\d{17}[\dX]|\d{15})")
BLOTTED = "******"


def masked(text: str) -> str:
    """A text with every run of digits long enough for an identity number blotted out."""
    if len(text) < 12:
        return text
    return _LONG.sub(BLOTTED, unicodedata.normalize("NFKC", text))


def holds_identity(text: str) -> bool:
    """Whether a text holds what may be an identity number."""
    if len(text) < 12 or text.isalpha():
        return False
    return _LONG.search(unicodedata.normalize("NFKC", text)) is not None


def identity_key(raw: object) -> str | None:
    """An identity number (证件号) in one form for comparing in memory; None for anything else.

    A number that the sheet holds as a number has lost its last digits and joins nobody.
    """
    if not isinstance(raw, str):
        return None
    text = "".join(unicodedata.normalize("NFKC", raw).split()).replace("-", "").upper()
    return text if _IDENTITY.fullmatch(text) else None
