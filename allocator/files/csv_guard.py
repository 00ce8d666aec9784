"""Texts in CSV that no spreadsheet takes for a formula, and the way back (OWASP, CSV injection)."""

from __future__ import annotations

import re

_LIVE = r"(?:[\x00-\x1f\x7f-\x9f]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])"
"""How a text begins that a spreadsheet takes for a formula: with one of its signs, also behind
blanks or in full width, or with a control character."""
_ASKS_GUARD = re.compile(rf"'*{_LIVE}")
_GUARDED = re.compile(rf"'+{_LIVE}")


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    One more apostrophe also goes before apostrophes that stand before such a beginning: so
    :func:`unguarded` undoes every guard and nothing else.
    """
    return f"'{text}" if _ASKS_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """The text that was guarded: what a reader of our CSV takes a cell for."""
    return text[1:] if _GUARDED.match(text) else text
