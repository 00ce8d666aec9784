"""What only the planner can say about an uploaded file, each with the choices there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allocator.county.frozen import Problem
from allocator.files.intake.findings import Where

Kind = Literal["place", "header", "person", "renamed", "number", "month", "facts"]
"""What a question is about: the name of a school, campus or township; a heading; who a person is;
another name under a known number; people without a number; an ambiguous month; name and month of a
new county."""


@dataclass(frozen=True)
class Choice:
    """One possible answer: what is kept, and how it reads."""

    code: str
    words: Problem
    """Text with its details, as problems have them; the path stays empty."""
    score: float | None = None
    """How like it is, 0 to 100, where names were compared."""


@dataclass(frozen=True)
class Question:
    """One question to the planner."""

    key: str
    """The same for the same question, whatever the order of files, sheets and rows."""
    kind: Kind
    words: Problem
    """The question: text with its details."""
    wheres: tuple[Where, ...]
    """The cells that wait for the answer."""
    choices: tuple[Choice, ...] = ()
    names: str = ""
    """Kind of records, such as ``campuses``, any code of which is an answer too."""
    value: str = ""
    """What stands in the cell, never an identity number."""
    free: bool = False
    """Whether anything else may be typed."""


SKIP = "-"
"""The answer that leaves out what the question is about."""
