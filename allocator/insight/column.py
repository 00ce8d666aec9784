"""The heading of a column, and how its values read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocator.insight.vocabulary import Words
from allocator.modelling import Text

Form = Literal["text", "long", "code", "whole", "one", "decimal", "share", "cv", "factor", "figure"]
"""How values read: a word, a sentence, a key left out of headed tables, whole numbers, one or two
or three (cv) or six (factor) decimals, per cent; ``figure`` goes by the unit of its row."""


@dataclass(frozen=True)
class Column:
    """The heading of a column, the form of its values, and words for coded ones."""

    title: Text
    form: Form = "text"
    words: Words | None = None


def column(zh: str, en: str, form: Form = "text", words: Words | None = None) -> Column:
    """A column by its heading in both languages."""
    return Column(Text(zh, en), form, words)
