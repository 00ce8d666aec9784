"""Looking texts up in the catalogue and filling their blanks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import TYPE_CHECKING, Any

from babel.messages.pofile import read_po

if TYPE_CHECKING:
    from allocator.county.frozen import Problem
    from allocator.modelling import Language

CODES: Mapping[Any, str] = {"primary": "primary", "junior": "junior"}
"""Codes of the data that problems name -> key of the catalogue."""

LANGUAGES: tuple[Language, ...] = ("zh", "en")


@cache
def catalogue() -> Mapping[str, str]:
    """English text -> Chinese text."""
    with files("allocator.words").joinpath("zh.po").open("rb") as file:
        read = read_po(file, locale="zh_CN", charset="utf-8")
    return {str(m.id): str(m.string) for m in read if m.id and m.string}


def say(text: str, lang: Language, /, **details: Any) -> str:
    """A text in one language with its blanks filled; a missing detail leaves its blank standing."""
    words = catalogue().get(text, text) if lang == "zh" else text
    try:
        return _Filled().vformat(words, (), details)
    except (ValueError, LookupError, AttributeError, TypeError):
        return words


def tell(problem: Problem, lang: Language) -> str:
    """A problem in one language: where it is, whom it concerns, what it is and how to repair it."""
    details: dict[str, Any] = {
        name: say(CODES[value], lang) if value in CODES else value
        for name, value in problem.details.items()
    }
    text = say(problem.text, lang, **details)
    who = details.get("who")
    if who is not None and str(who) not in text:
        text = say("{text} ({who})", lang, text=text, who=who)
    return say("{path}: {text}", lang, path=problem.path, text=text) if problem.path else text


class _Filled(Formatter):
    """Formatting that keeps a blank for which nothing is given."""

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        if field_name not in kwargs:
            return "{" + field_name + "}", field_name
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        try:
            return str(super().format_field(value, format_spec))
        except (ValueError, TypeError):
            return str(value)
