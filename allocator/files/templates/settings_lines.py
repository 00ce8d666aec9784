"""The settings of a scenario as lines of a sheet: what is set, its title, its value, its words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from allocator.county.frozen import Frozen
from allocator.files.templates.wording import NO, YES, joint
from allocator.insight.registry import REGISTRY
from allocator.insight.settings_compared import term_title, term_words
from allocator.insight.vocabulary import FIRMNESS, PART, UNIT, Words
from allocator.modelling import Language, Rule, Text
from allocator.scenario import PARTS, PartName, Scenario
from allocator.scenario.scenario import Settings

FIRM = "firmness"
"""Stands in the place of a parameter where a line holds the firmness of a rule."""
PUBLISHED_TERM = "staffing.terms.published"
"""Has a sheet of its own."""
_FLAGS: Words = {True: YES, False: NO}
_TITLES: Mapping[str, Text] = {
    "title": Text("方案名称", "Title"),
    "notes": Text("方案说明", "Notes"),
    "parts": Text("包含部分", "Parts"),
    "settings.threads": Text("求解线程（个）", "Threads of the engine"),
    "settings.time_limit": Text("求解时限（秒）", "Time limit (seconds)"),
    "staffing.preset": Text("预设规则组", "Preset"),
    "staffing.in_full": Text("规则已列全", "Rules are stated in full"),
}


_NO_UNIT = Text("", "")


@dataclass(frozen=True)
class Line:
    """One setting: where it belongs, its title, its kind of value, its words."""

    path: str
    title: Text
    many: bool = False
    """Whether it holds several values."""
    optional: bool = False
    """Whether it may hold none."""
    text: bool = False
    """Whether its value is a text, even if it looks like a number."""
    share: bool = False
    words: Words = field(default_factory=dict)
    unit: Text = _NO_UNIT

    def cell(self, value: Any, lang: Language) -> str | int | float | None:
        """A plain value as a cell."""
        if value in (None, "", []):
            return None
        if isinstance(value, list) and any(isinstance(v, dict | list) for v in value):
            return json.dumps(value, ensure_ascii=False)
        if isinstance(value, list):
            return joint(lang).join(self._word(v, lang) for v in value)
        if self.words or isinstance(value, bool):
            return self._word(value, lang)
        return value if isinstance(value, int | float) else str(value)

    def _word(self, value: Any, lang: Language) -> str:
        known = {**_FLAGS, **self.words} if isinstance(value, bool) else self.words
        return known[value].say(lang) if value in known else str(value)

    def value(self, cell: Any) -> Any:
        """A cell as the plain value it stands for; what cannot be read stays as it is."""
        if cell is None or cell == "":
            return None if self.optional else [] if self.many else ""
        if not isinstance(cell, str):
            typed = self._typed(cell)
            return [typed] if self.many else typed
        text = cell.strip()
        if text.startswith(("[", "{")):
            try:
                return json.loads(text)
            except ValueError:
                return text
        if not self.many:
            return self._code(text)
        for mark in ("，", ",", ";", "；"):
            text = text.replace(mark, "、")
        return [self._code(part.strip()) for part in text.split("、") if part.strip()]

    def _typed(self, cell: Any) -> Any:
        if isinstance(cell, date):
            return f"{cell:%Y-%m}"
        whole = isinstance(cell, float) and cell.is_integer()
        plain = int(cell) if whole else cell
        return str(plain) if self.text and not isinstance(cell, bool) else plain

    def _code(self, text: str) -> Any:
        for code, words in (*self.words.items(), *_FLAGS.items()):
            if text.casefold() in (words.zh.casefold(), words.en.casefold()):
                return code
        return text

    def choices(self, lang: Language) -> tuple[str, ...]:
        """What may be entered, in words; empty for anything."""
        return tuple(words.say(lang) for words in self.words.values())


def general_lines(scenario: Scenario) -> Iterator[Line]:
    """Title, notes, parts, search, and what each part says beside its rules and goals."""
    yield Line("title", _TITLES["title"], text=True)
    yield Line("notes", _TITLES["notes"], text=True)
    yield Line("parts", _TITLES["parts"], many=True, words=PART)
    yield from _fields(Settings, "settings.")
    for part in PARTS:
        held = scenario.part(part)
        if held is None:
            continue
        for name in ("preset", "in_full"):
            if name in type(held).model_fields:
                yield _line(type(held).model_fields[name], f"{part}.{name}")
        yield from _fields(type(held.terms), f"{part}.terms.")


def _fields(model: type[Frozen], path: str) -> Iterator[Line]:
    for name, about in model.model_fields.items():
        kind = about.annotation
        if isinstance(kind, type) and issubclass(kind, Frozen):
            yield from _fields(kind, f"{path}{name}.")
        else:
            yield _line(about, path + name)


def _line(about: FieldInfo, path: str) -> Line:
    term = path.split(".terms.")[-1]
    words: Words = term_words(term) if ".terms." in path else {}
    title = _TITLES.get(path) or term_title(term)
    return Line(path, title, words=words, **_kind(about))


def rule_lines(part: PartName, name: str) -> Iterator[Line]:
    """Firmness and every parameter of a rule."""
    rule = next((r for r in REGISTRY[part] if r.name == name), None)
    if rule is None:
        return
    yield Line(FIRM, Text("执行力度", "Firmness"),
               words={f: FIRMNESS[f] for f in rule.firmness_allowed})  # fmt: skip
    yield from parameter_lines(rule)


def parameter_lines(rule: type[Rule]) -> Iterator[Line]:
    """Every parameter of a rule, described or not."""
    told = {p.name: p for p in rule.parameters()}
    for name, about in rule.model_fields.items():
        known = told.get(name)
        if known is None:
            yield Line(name, Text(name, name), **_kind(about))
            continue
        yield Line(
            name,
            known.title,
            share=known.unit == "share",
            words=dict(known.choices),
            unit=UNIT.get(known.unit, _NO_UNIT),
            **_kind(about),
        )


def _kind(about: FieldInfo) -> dict[str, Any]:
    held = about.annotation
    optional = get_origin(held) in (Union, UnionType) and type(None) in get_args(held)
    inner = [a for a in get_args(held) if a is not type(None)] if optional else [held]
    bare = [get_args(a)[0] if hasattr(a, "__metadata__") else a for a in inner]
    return {
        "optional": optional,
        "many": any(get_origin(a) is tuple for a in bare),
        "text": str in bare,
    }
