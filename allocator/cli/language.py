"""Which language to answer in: ``--lang`` anywhere on the line, else the environment, else zh."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from allocator.county.frozen import DataError, Problem
from allocator.words import LANGUAGES

if TYPE_CHECKING:
    from allocator.modelling import Language

DEFAULT: Language = "zh"


def from_environment() -> Language:
    """The language of the environment, the default where it names none we speak."""
    return _known(os.environ.get("ALLOCATOR_LANG", "")) or DEFAULT


def chosen(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """The language asked for, and the arguments without it.

    Raises
    ------
    DataError
        If a language is named that we do not speak.
    """
    lang, rest = from_environment(), []
    given = iter(arguments)
    for argument in given:
        if argument == "--lang" or argument.startswith("--lang="):
            asked = argument[7:] if "=" in argument else next(given, "")
            found = _known(asked)
            if found is None:
                text = "language {given} is unknown: choose one of {known}"
                details = {"given": asked, "known": ", ".join(LANGUAGES)}
                raise DataError((Problem("--lang", text, details),))
            lang = found
        else:
            rest.append(argument)
    return lang, rest


def _known(name: str) -> Language | None:
    return next((lang for lang in LANGUAGES if lang == name), None)
