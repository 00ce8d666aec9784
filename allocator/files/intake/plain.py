"""Texts without what nobody means by them: blanks, widths of signs, marks of form fields."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_UNSEEN = re.compile(r"[\s​‌‍﻿*＊·]+")
_UNIT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕")
_EDGES = "::;；.。,，、!?-—_'\"“”‘’"


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A text without blanks and stars, with half-width signs and small letters."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower().strip(":")


@lru_cache(maxsize=8_192)
def bare(text: str) -> str:
    """A heading without what stands in brackets, such as its unit, and without marks around it.

    A heading all in brackets stays as it is.
    """
    told = plain(text)
    return _UNIT.sub("", told).strip(_EDGES) or told
