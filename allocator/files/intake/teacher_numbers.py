"""Cells that name teachers: by number, alone or beside the name; a name alone is never enough."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from allocator.county.frozen import Problem
from allocator.files.books import Cell
from allocator.files.intake.privacy import IDENTITY, holds_identity, masked
from allocator.files.intake.values import Value, empty

_CODE = re.compile(r"[A-Za-z0-9_\-]+")
_BETWEEN = re.compile(r"[、，,;；/|\n]+")

_UNKNOWN = "teacher {id} is not in the roster: add the teacher or correct the number"


class TeacherReader:
    """Reads teacher numbers.

    Parameters
    ----------
    known
        Numbers of the roster.
    several
        Whether a cell may name several teachers.
    """

    def __init__(self, known: Container[str], several: bool) -> None:
        self.known = known
        self.several = several

    def read(self, raw: Cell) -> Value:
        """The numbers in a cell, or why they cannot be told."""
        text = str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw)
        text = unicodedata.normalize("NFKC", text).strip()
        if empty(text):
            return Value()
        if holds_identity(text):
            return Value(problem=IDENTITY)
        parts = _BETWEEN.split(text) if self.several else [text]
        found = [(part.strip(), self._number(part)) for part in parts if part.strip()]
        unknown = tuple(part for part, number in found if number is None)
        if unknown:
            details = {"id": masked("、".join(unknown))}
            return Value(problem=Problem("", _UNKNOWN, details), unknown=unknown)
        numbers = [number for _, number in found]
        return Value(numbers if self.several else numbers[0])

    def _number(self, text: str) -> str | None:
        if text.strip() in self.known:
            return text.strip()
        return next((code for code in _CODE.findall(text) if code in self.known), None)
