"""What cells may be chosen from: a hidden sheet of lists, or where the records stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from allocator.county.county import County
from allocator.files.templates.values import clear_words
from allocator.files.templates.wording import LISTS, NO, YES
from allocator.modelling import Language
from allocator.records import Field
from allocator.records.fields import Names

NAMED_IN: Mapping[Names, tuple[str, str]] = {
    "townships": ("townships", "name"),
    "zones": ("zones", "name"),
    "groups": ("groups", "name"),
    "schools": ("schools", "name"),
    "campuses": ("campuses", "name"),
    "subjects": ("subjects", "name"),
    "senior_highs": ("senior_highs", "name"),
    "rounds": ("rounds", "name"),
    "teachers": ("teachers", "id"),
}
"""Records that a column may name -> the table and column where they stand."""


@dataclass
class Lists:
    """The lists of one workbook."""

    book: xlsxwriter.Workbook
    county: County
    lang: Language
    ranges: Mapping[Names, str] = field(default_factory=dict)
    """Records that stand in a sheet of this workbook -> the cells of their names."""
    _made: dict[tuple[str, ...], str] = field(default_factory=dict)

    def source(self, about: Field) -> str | None:
        """The cells a column is chosen from; None where anything may be entered."""
        if about.kind == "flag":
            return self._listed((YES.say(self.lang), NO.say(self.lang)))
        if about.kind != "choice":
            return None
        if about.names is not None and about.names in self.ranges and not about.words:
            return self.ranges[about.names]
        words = clear_words(about, self.county, self.lang)
        options = about.options(self.county, self.lang)
        return self._listed(tuple(words.get(code, code) for code in options))

    def _listed(self, words: Sequence[str]) -> str | None:
        words = tuple(words)
        if not words:
            return None
        if words not in self._made:
            letter = xl_col_to_name(len(self._made))
            sheet = LISTS.say(self.lang)
            self._made[words] = f"='{sheet}'!${letter}$1:${letter}${len(words)}"
        return self._made[words]

    def draw(self) -> None:
        """Add the hidden sheet of all lists asked for, behind every other."""
        if not self._made:
            return
        page = self.book.add_worksheet(LISTS.say(self.lang))
        page.hide()
        for column, words in enumerate(self._made):
            for row, word in enumerate(words):
                page.write_string(row, column, word)
