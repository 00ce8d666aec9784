"""Values as people write them: months, words, flags, numbers, names of the county's records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

from rapidfuzz import fuzz, process

from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.files.books import Cell
from allocator.files.books.xlsx_sheet import ERRORS
from allocator.files.intake.meanings import meanings
from allocator.files.intake.months import read_month, two_digits
from allocator.files.intake.numbers import number_in
from allocator.files.intake.plain import bare, plain
from allocator.files.intake.value import Value, shown
from allocator.files.intake.words import EMPTY, NO, YES
from allocator.records import Field

__all__ = ["Reader", "Value", "empty", "read_value"]

_EMPTY = frozenset(map(plain, EMPTY)) | {""}
_YES, _NO = frozenset(map(plain, YES)), frozenset(map(plain, NO))
_MARKS = re.compile(r"[、,，;；/|\n\r+]+|(?<=\S)(?:和|及|兼)(?=\S)")
_BLANKS = re.compile(r"\s+")
_LISTED = 12
_NEAR = 60
"""How much alike words must be to be named in a message, of 100."""


class Reader:
    """Reads the cells of one column; what was read once is remembered.

    Parameters
    ----------
    column
        All cells of the column: what they have in common settles what one alone leaves in doubt,
        such as 1985.1 where the other months have two digits.
    words
        What the planner said a text means: text -> plain value (see ``SavedMapping.words``).
    """

    def __init__(
        self,
        field: Field,
        county: County,
        column: Iterable[Cell] = (),
        words: Mapping[str, Any] | None = None,
    ) -> None:
        self.field = field
        self._settled = {plain(text): value for text, value in (words or {}).items()}
        self._known = meanings(field, county)
        self._padded = field.kind == "month" and two_digits(column)
        self._told: dict[tuple[type, Cell], Value] = {}
        self._by_kind: Mapping[str, Callable[[Cell, str], Value]] = {
            "month": lambda raw, _: read_month(raw, self._padded),
            "whole": self._number,
            "number": self._number,
            "percent": self._number,
            "flag": self._flag,
            "choice": self._choice,
            "choices": self._choices,
            "list": lambda raw, text: Value(_parts(text)),
        }

    def read(self, raw: Cell) -> Value:
        """What a cell means."""
        key = (type(raw), raw)
        known = self._told.get(key)
        if known is None:
            known = self._told[key] = self._read(raw)
        return known

    def _read(self, raw: Cell) -> Value:
        if raw is None:
            return Value()
        text = _text(raw)
        told = plain(text)
        if told in self._settled:
            return Value(self._as_kind(self._settled[told]))
        if isinstance(raw, str) and text in ERRORS:
            words = "the cell holds the error {given}: correct the formula, or type the value"
            return Value(problem=Problem("", words, {"given": text}))
        if self.field.kind in ("text", "code"):
            return Value((text if self.field.kind == "text" else _code(text)) or None)
        says_no = self.field.kind == "flag" and told in _NO
        if told in _EMPTY and not says_no and told not in self._known.codes:
            return Value()
        return self._by_kind[self.field.kind](raw, text)

    def _as_kind(self, value: Any) -> Any:
        """A settled value, which is kept as text, as the field holds it."""
        match self.field.kind:
            case "flag":
                return str(value).lower() in ("true", "1", "yes")
            case "choices" | "list" if isinstance(value, str):
                return [part for part in value.split(",") if part]
            case "whole" | "number" | "percent" if isinstance(value, str):
                return number_in(value)
        return value

    def _number(self, raw: Cell, text: str) -> Value:
        kind = self.field.kind
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            words = "{given} is no number: a date stands where a number belongs, type it again"
            return self._wrong(raw, words)
        found = number_in(text) if isinstance(raw, str) else raw
        if found is None or not isfinite(found):
            return self._wrong(raw, "{given} is no number: enter one")
        if kind == "percent":
            hundredths = isinstance(raw, str) and "%" in plain(text)
            return Value(round(found / 100 if hundredths or found > 1 else found, 6))
        if kind == "whole":
            if found != int(found):
                return self._wrong(raw, "{given} is no whole number: enter one")
            return Value(int(found))
        return Value(int(found) if isinstance(found, float) and found.is_integer() else found)

    def _flag(self, raw: Cell, text: str) -> Value:
        told = plain(text)
        title = bare(self.field.title.zh)
        if raw is True or told in _YES or told in (title, plain(self.field.title.en)):
            return Value(True)
        if (told, title) == ("公办", "民办"):
            return Value(False)
        if raw is False or told in _NO or told in (f"非{title}", f"不{title}", f"否{title}"):
            return Value(False)
        words = "{given} is neither yes nor no: write 是 or 否"
        if told in ("x", "v"):
            return Value(problem=self._wrong(raw, words).problem, options=(True, False))
        return self._wrong(raw, words)

    def _choice(self, raw: Cell, text: str) -> Value:
        found = self._known.of(text)
        if found is not None:
            return found
        several = self._several(text)
        if several is None:
            return self._unknown(raw, (text.strip(),))
        codes = _flat(several)
        if any(v.unknown for v in several):
            return self._unknown(raw, tuple(u for v in several for u in v.unknown))
        words = "{given} names several, and one belongs here: choose it"
        return Value(problem=self._wrong(raw, words).problem, options=codes)

    def _choices(self, raw: Cell, text: str) -> Value:
        whole = self._known.of(text)
        if whole is not None and not whole.options:
            return Value([whole.value], note=whole.note)
        several = self._several(text)
        if several is None:
            if whole is not None:
                return Value(problem=whole.problem, options=tuple([o] for o in whole.options))
            return self._unknown(raw, (text.strip(),))
        unknown = tuple(u for v in several for u in v.unknown)
        if unknown:
            return self._unknown(raw, unknown, list(_flat(several)))
        doubtful = next((v for v in several if v.options), None)
        if doubtful is not None:
            sure = [v.value for v in several if not v.options]
            options = tuple([*sure, option] for option in doubtful.options)
            return Value(problem=doubtful.problem, options=options)
        note = next((v.note for v in several if v.note), None)
        return Value(list(_flat(several)), note=note)

    def _several(self, text: str) -> list[Value] | None:
        """The parts of a text, each by itself; None for a text of one part."""
        parts = _parts(text)
        if len(parts) < 2:
            parts = [part for part in _BLANKS.split(text.strip()) if part]
            if len(parts) < 2 or any(self._known.of(part) is None for part in parts):
                return None
        found: list[Value] = []
        for part in parts:
            if plain(part) in _EMPTY and plain(part) not in self._known.codes:
                continue
            value = self._known.of(part)
            if value is not None:
                found.append(value)
                continue
            by_blank = [self._known.of(p) for p in _BLANKS.split(part)]
            if len(by_blank) > 1 and all(v is not None for v in by_blank):
                found += [v for v in by_blank if v is not None]
            else:
                found.append(Value(unknown=(part,)))
        return found

    def _unknown(self, raw: Cell, names: tuple[str, ...], known: list[Any] | None = None) -> Value:
        names = tuple(dict.fromkeys(shown(name) for name in names))
        expected = list(self._known.shown.values())
        details: dict[str, Any] = {"given": "、".join(names)}
        near = [n for name in names for n in _near(name, expected)]
        if self.field.names is not None and not self.field.words:
            words = "no record of the county is called {given}: correct the name"
            if near:
                words = "no record of the county is called {given}: is {near} meant?"
                details["near"] = "、".join(near[:3])
            unknown = names
        else:
            words = "{given} is not one of the choices: choose {expected}"
            details["expected"] = "、".join(expected[:_LISTED])
            unknown = names if self.field.names is not None else ()
        return Value(known, Problem("", words, details), unknown=unknown)

    def _wrong(self, raw: Cell, text: str) -> Value:
        return Value(problem=Problem("", text, {"given": shown(raw)}))


def read_value(field: Field, raw: Cell, county: County) -> Value:
    """What one cell means for a field; for a whole column, make a :class:`Reader` once."""
    return Reader(field, county).read(raw)


def empty(text: str) -> bool:
    """Whether a text only says that there is nothing, such as 无 or /."""
    return plain(text) in _EMPTY


def _text(raw: Cell) -> str:
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw).strip()


def _code(text: str) -> str:
    return "".join(_half(text).split())


def _half(text: str) -> str:
    return text.translate({0xFF01 + n: 0x21 + n for n in range(94)})


def _parts(text: str) -> list[str]:
    return [part.strip() for part in _MARKS.split(text) if part.strip()]


def _flat(values: Sequence[Value]) -> tuple[Any, ...]:
    """Codes in their order, each once."""
    return tuple(dict.fromkeys(v.value for v in values if v.value is not None))


def _near(name: str, expected: Sequence[str]) -> list[str]:
    found = process.extract(name, expected, scorer=fuzz.WRatio, limit=3, score_cutoff=_NEAR)
    return [text for text, _, _ in found]
