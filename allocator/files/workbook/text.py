"""Text as a workbook can hold it."""

from __future__ import annotations

import re
from collections.abc import Container

_LONGEST = 32_767
"""Characters of a cell."""
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_TAB = re.compile(r"[\[\]:*?/\\\s]+")
_TAB = 31
"""Characters of the name of a sheet."""
_HALF = re.compile("[\ud800-\udfff]")


def cell_text(text: str) -> str:
    """Text for a cell: what no file can hold is replaced, what is too long ends in an ellipsis.

    Control characters stay: a workbook has an escape for them.
    """
    text = _HALF.sub("\ufffd", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def clean(text: str) -> str:
    """Text for places without such an escape: headings of tables, titles, properties."""
    return _NO_XML.sub("\ufffd", cell_text(text))


def tab_name(text: str, taken: Container[str] = ()) -> str:
    """A name for a sheet: without what no program allows, at most 31 characters, not taken.

    Parameters
    ----------
    taken
        Names of other sheets in lower case.
    """
    plain = _NO_TAB.sub(" ", clean(text)).strip(" '") or "_"
    for n in range(1, 10_000):
        more = f" ({n})" if n > 1 else ""
        name = plain[: _TAB - len(more)].strip(" '") + more
        if name.lower() not in taken:
            return name
    raise ValueError(text)
