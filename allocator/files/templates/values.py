"""Plain values as cells: codes in words where the words are clear, everything else as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from allocator.county.county import County
from allocator.files.templates.wording import NO, YES, joint
from allocator.modelling import Language
from allocator.records import Field

Cell = str | int | float | None
"""What is written into a cell; None leaves it empty."""
Told = Callable[[Any], Cell]
"""A plain value -> its cell."""

_MARKS = re.compile(r"[\s、,，;；/|+和及兼]")
"""What a reader may take for the end of one of several choices."""


def told_in(about: Field, county: County, lang: Language) -> Told:
    """How the values of one column are written."""
    if about.kind == "flag":
        words = {True: YES.say(lang), False: NO.say(lang)}
        return lambda value: None if value is None else words[bool(value)]
    if about.kind == "choice":
        known = clear_words(about, county, lang)
        return lambda value: None if value is None else known.get(str(value), str(value))
    if about.kind in ("choices", "list"):
        known = clear_words(about, county, lang)
        single = {code: word for code, word in known.items() if not _MARKS.search(word)}
        between = joint(lang)
        return lambda value: between.join(single.get(str(v), str(v)) for v in value or ()) or None
    if about.kind in ("whole", "number", "percent"):
        return lambda value: value
    return lambda value: str(value) if value not in (None, "") else None


def clear_words(about: Field, county: County, lang: Language) -> Mapping[str, str]:
    """Code -> words, of those no other choice shares; teachers go by their numbers alone."""
    if about.typed:
        return {}
    known = about.options(county, lang)
    shared = Counter(known.values())
    codes = set(known)
    return {
        code: word
        for code, word in known.items()
        if word and shared[word] == 1 and (word == code or word not in codes)
    }
