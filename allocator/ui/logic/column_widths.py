"""How wide a column of words has to be: a browser measures the first rows of a table alone."""

from __future__ import annotations

from collections.abc import Sequence

_MEASURED = 5
"""Rows by which any browser makes a column as wide as it finds them."""
_BESIDE = 20
"""Pixels left and right of the words."""
_WIDE, _NARROW = 13.2, 6.9
"""Pixels of a Chinese character and of a Latin letter, as tables are set."""
_CJK = 0x1100
"""The first of the characters that are as wide as they are high."""
_MOST, _MOST_LONG = 320, 560
"""Pixels beyond which words are cut; a click on the cell shows them whole."""


def width_for(heading: str, values: Sequence[str], *, long: bool = False) -> int | None:
    """Pixels for a column of words; None where the browser sees by itself what is needed.

    Parameters
    ----------
    long
        Whether the cells hold sentences.
    """
    first = max(_letters(heading), _widest(values[:_MEASURED]))
    needed = max(first, _widest(values))
    if not long and needed <= first:
        return None
    return round(min(needed + _BESIDE, _MOST_LONG if long else _MOST))


def _widest(values: Sequence[str]) -> float:
    return max(map(_letters, set(values)), default=0.0)


def _letters(text: str) -> float:
    return sum(_WIDE if ord(c) >= _CJK else _NARROW for c in text)
