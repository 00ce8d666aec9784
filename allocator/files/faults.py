"""What does not fit the shape of a document, in a planner's words and with its path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from allocator.county.frozen import DataError, Problem

_SHAPE = "a group of named fields is needed here, not {given}"
_LIST = "a list is needed here, not {given}"
_WHOLE = "{given} is no whole number: enter one"
_NUMBER = "{given} is no number: enter one"
_TEXT = "a text is needed here, not {given}"

TEXTS: Mapping[str, str] = {
    "missing": "the field is missing: add it",
    "extra_forbidden": "this field is unknown: correct its name or remove it",
    "model_type": _SHAPE,
    "model_attributes_type": _SHAPE,
    "dict_type": _SHAPE,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": "{given} is neither true nor false: enter one of them",
    "bool_parsing": "{given} is neither true nor false: enter one of them",
    "none_required": "{given} does not belong here: leave it empty",
    "literal_error": "{given} is not one of the choices: choose {expected}",
    "string_pattern_mismatch": "{given} does not have the form asked for ({pattern}): correct it",
    "string_too_short": "{given} is too short: at least {min_length} characters",
    "string_too_long": "{given} is too long: at most {max_length} characters",
    "greater_than_equal": "{given} is too small: at least {ge}",
    "greater_than": "{given} is too small: more than {gt}",
    "less_than_equal": "{given} is too large: at most {le}",
    "less_than": "{given} is too large: less than {lt}",
    "too_short": "{actual_length} entries are too few: at least {min_length}",
    "too_long": "{actual_length} entries are too many: at most {max_length}",
    "union_tag_invalid": "rule {tag} is unknown: choose one of {expected_tags}",
    "union_tag_not_found": "the rule is not named: add its name",
}
"""Kind of structural error -> key of the catalogue; blanks are filled from the error."""

_OTHER = "{given} does not fit here: correct it"
_MONTH = "{given} is no month: write it as YYYY-MM, such as 2020-09"
_CODE = "{given} is no code: use letters, digits, - and _ only, at most 40"

Path = tuple[str | int, ...]


def problems_in(error: ValidationError, data: Any) -> tuple[Problem, ...]:
    """Every error of a document, structural or found by a cross-check, with its path."""
    found: list[Problem] = []
    for fault in faults_of(error):
        found.extend(_told(fault, data))
    return tuple(found)


def faults_of(error: ValidationError) -> list[ErrorDetails]:
    """The structural errors, without lists called too short only because an entry was faulty."""
    faults = error.errors(include_url=False)
    inside = {fault["loc"][:n] for fault in faults for n in range(len(fault["loc"]))}
    return [f for f in faults if f["type"] != "too_short" or f["loc"] not in inside]


def merged(odd: tuple[Problem, ...], found: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What is odd about the text, then what is wrong elsewhere: one entry told once."""
    told = {p.path for p in odd}
    return (*odd, *(p for p in found if p.path not in told))


def real_path(location: Sequence[str | int], data: Any) -> Path:
    """Where an error stands in the file: without the names pydantic puts in for a rule's kind."""
    here, path = data, []
    for step in location:
        if isinstance(here, dict) and step not in here and here.get("rule") == step:
            continue
        path.append(step)
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
    return tuple(path)


def worded(path: Path) -> str:
    """A path as text: ``county.teachers[17].born``."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def owner(path: Path, data: Any) -> str | None:
    """The code of the innermost teacher, school, campus, ... that a path lies in."""
    found, here = None, data
    for step in path:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(step, int) and isinstance(here, dict) and isinstance(here.get("id"), str):
            found = here["id"]
    return found


def _told(fault: ErrorDetails, data: Any) -> Iterator[Problem]:
    path = real_path(fault["loc"], data)
    where = worded(path)
    context = dict(fault.get("ctx", {}))
    cause = context.pop("error", None)
    if isinstance(cause, DataError):
        for p in cause.problems:
            full = f"{where}.{p.path}" if where and p.path else where or p.path
            yield Problem(full, p.text, p.details)
        return
    details = {name: _plain(value) for name, value in context.items()}
    details["given"] = _given(fault["input"])
    who = owner(path, data)
    if who is not None and not (path and path[-1] == "id"):
        details["who"] = who
    yield Problem(where, _text(fault["type"], context), details)


def _text(kind: str, context: Mapping[str, Any]) -> str:
    pattern = str(context.get("pattern", ""))
    if kind == "string_pattern_mismatch" and "19|20" in pattern:
        return _MONTH
    if kind == "string_pattern_mismatch" and pattern.startswith("^[A-Za-z0-9_"):
        return _CODE
    return TEXTS.get(kind, _OTHER)


def _plain(value: Any) -> str:
    """A limit, or a list of choices without Python's quotes and without words of one language."""
    return re.sub(r"', '|' or '", " / ", str(value)).replace("'", "")


def _given(value: Any) -> str:
    """What stands in the file, shortened; null and a missing entry said as such."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{...}"
    if isinstance(value, list | tuple):
        return "[...]"
    text = str(value)
    return text if len(text) <= 40 else text[:37] + "..."
