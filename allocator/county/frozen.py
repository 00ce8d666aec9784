"""The common base of all data records: frozen, closed to unknown fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import wraps
from typing import Annotated, Any, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, StringConstraints

Record = TypeVar("Record", bound="Frozen")
Made = TypeVar("Made")


class Frozen(BaseModel):
    """A record that is never changed in place; variations are made with ``model_copy``."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A variation with some fields replaced, without what was computed from the old ones."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy


def once(make: Callable[[Record], Made]) -> Callable[[Record], Made]:
    """What a function makes of a record, made once: a record never changes."""
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def known(record: Record) -> Made:
        if name not in record.__dict__:
            # Beside the fields, as a cached property would be: a variation starts without it.
            record.__dict__[name] = make(record)
        return cast("Made", record.__dict__[name])

    return known


def _plain(value: Decimal) -> float | int:
    number = float(value)
    return int(number) if number.is_integer() else number


Exact = Annotated[Decimal, PlainSerializer(_plain, return_type=float, when_used="json")]
"""An exact decimal, written to JSON as a plain number."""

Share = Annotated[Exact, Field(ge=0, le=1)]
"""A share between 0 and 1, kept as an exact decimal, never as a float."""

Month = Annotated[str, StringConstraints(pattern=r"^(19|20)\d\d-(0[1-9]|1[0-2])$")]
"""A month as YYYY-MM."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_\-]{1,40}$")]
"""A short code that is unique among its kind."""

Whole = Annotated[int, Field(ge=0)]
"""A whole number, zero or more."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with the data: where it is, what it is, how to repair it.

    The text is a key of the catalogue in ``allocator.words``; ``details`` fill its blanks.
    """

    path: str
    text: str
    details: Mapping[str, Any] = field(default_factory=dict)


class DataError(ValueError):
    """The data cannot be used; ``problems`` lists every reason at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(
            "; ".join(f"{p.path}: {p.text.format_map(dict(p.details))}" for p in problems)
        )
