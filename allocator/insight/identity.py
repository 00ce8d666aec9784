"""Identity numbers (身份证号) in texts: found and blotted out before anything leaves."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

BLOTTED = "［证件号已隐去］"
"""What stands where an identity number stood."""
_GAP = r"[\s\-－·.]?"
_NUMBER = re.compile(
    rf"(?<![\d/])[1-9１-９]\d{{5}}{_GAP}(?:19|20|１９|２０)\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXxＸｘ](?![\d/])"
)
"""Region, day of birth, order and check character: eighteen, in full width too, with a gap or
without. A numerator or denominator of a fraction is none."""
_LENGTH = 18


def names_identity(text: str) -> bool:
    """Whether a text holds what reads as an identity number."""
    return len(text) >= _LENGTH and _NUMBER.search(text) is not None


def without_identity(text: str) -> str:
    """A text with identity numbers blotted out."""
    return _NUMBER.sub(BLOTTED, text) if len(text) >= _LENGTH else text


def table_without_identity(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose texts hold no identity number; the same table where none did."""
    changed: dict[str, Any] = {}
    for code in table.columns:
        column = table[code]
        if column.dtype != object and not pd.api.types.is_string_dtype(column.dtype):
            continue
        told = {v for v in column.unique() if isinstance(v, str) and names_identity(v)}
        if told:
            blotted = {v: without_identity(v) for v in told}
            changed[str(code)] = [
                blotted.get(v, v) if isinstance(v, str) else v for v in column.tolist()
            ]
    return table.assign(**changed) if changed else table
