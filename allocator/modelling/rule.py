"""A rule (规则): a frozen value that states itself twice, to the solver and to the auditor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from allocator.county.frozen import DataError, Frozen, Problem

Firmness = Literal["must", "should", "watch", "off"]
"""硬性, 尽量, 仅监测, 停用: how firmly a rule is meant. The engine's business, never the rule's."""

ALL_FIRMNESS: tuple[Firmness, ...] = ("must", "should", "watch", "off")
MUST_OR_OFF: tuple[Firmness, ...] = ("must", "off")
Language = Literal["zh", "en"]
Unit = Literal[
    "share", "people", "per_100", "minutes", "cv", "years", "year", "places", "periods",
    "indicators", "choice", "",
]  # fmt: skip


class Text(NamedTuple):
    """The same words in Chinese and English."""

    zh: str
    en: str

    def say(self, lang: Language) -> str:
        """The words in one language."""
        return self.zh if lang == "zh" else self.en

    def then(self, more: Text) -> Text:
        """These words, followed by others."""
        return Text(self.zh + more.zh, self.en + more.en)


@dataclass(frozen=True)
class Parameter:
    """What a control needs to know of a rule's parameter, beside its type and range."""

    name: str
    title: Text
    unit: Unit
    choices: tuple[tuple[Any, Text], ...] = ()
    """For a choice: each value with its words."""


def parameter(
    default: Any,
    zh: str,
    en: str,
    unit: Unit,
    *,
    choices: tuple[tuple[Any, Text], ...] = (),
    **limits: Any,
) -> Any:
    """A field of a rule: its default, title in two languages, unit, and range.

    ``limits`` are pydantic's: ``ge``, ``le``, ``gt``, ``lt``, ``min_length``.
    """
    info = Field(default, **limits)
    info.metadata.append(Parameter("", Text(zh, en), unit, choices))
    return info


class Rule(Frozen):
    """What every rule says of itself. Parts add ``rows``, ``readings`` and, to prune, ``admits``.

    Firmness is no field: MUST makes hard rows, SHOULD priced slack, WATCH only readings, and OFF
    nothing, all without the rule knowing.
    """

    name: ClassVar[str]
    """Name in files and on the command line, from the name of the class."""
    title: ClassVar[Text]
    sentence: ClassVar[Text]
    """What the rule asks for, with its parameters in braces."""
    measure: ClassVar[Text]
    """What a reading counts, for its verdict."""
    clause: ClassVar[Text]
    """Where the rule comes from."""
    formula: ClassVar[str]
    default_firmness: ClassVar[Firmness]
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = ALL_FIRMNESS
    tier: ClassVar[str]
    """The goal in whose tier the shortfall is paid under SHOULD."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Name the rule after its class."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.name = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @model_validator(mode="after")
    def _once(self) -> Self:
        problems = [
            Problem(p.name, "something is listed twice: keep it once", {})
            for p in type(self).parameters()
            for value in [getattr(self, p.name)]
            if isinstance(value, tuple) and len(set(value)) < len(value)
        ]
        if problems:
            raise DataError(tuple(problems))
        return self

    @classmethod
    def parameters(cls) -> Iterator[Parameter]:
        """The parameters, for controls and manuals: the rule's own first, then shared ones."""
        own = [name for name in cls.__annotations__ if name in cls.model_fields]
        shared = [name for name in cls.model_fields if name not in own]
        for name, info in ((n, cls.model_fields[n]) for n in (*own, *shared)):
            for about in info.metadata:
                if isinstance(about, Parameter):
                    yield Parameter(name, about.title, about.unit, about.choices)

    def asks(self, lang: Language) -> str:
        """The sentence of the rule with its parameters filled in."""
        return self.filled(self.sentence, lang)

    def filled(self, words: Text, lang: Language) -> str:
        """Words of the rule with its parameters filled in."""
        filled = {p.name: show(getattr(self, p.name), p, lang) for p in type(self).parameters()}
        return words.say(lang).format(**filled)


def show(value: Any, about: Parameter, lang: Language) -> str:
    """A parameter's value as a planner writes it."""
    words = dict(about.choices)
    if value is None or value == ():
        return "无" if lang == "zh" else "none"
    if isinstance(value, tuple):
        return ("、" if lang == "zh" else ", ").join(show(v, about, lang) for v in value)
    if value in words:
        known: Text = words[value]
        return known.say(lang)
    if about.unit == "share":
        return f"{float(value) * 100:g}%"
    return f"{float(value):g}" if isinstance(value, float | Decimal) else str(value)


@dataclass(frozen=True)
class Configured:
    """A rule as a scenario uses it: with its firmness."""

    rule: Rule
    firmness: Firmness
