"""Settings of a scenario that files hold beside their tables: rules, goals, terms."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.county.frozen import DataError, Problem
from allocator.files.books import RawBook
from allocator.files.intake.desk import Desk
from allocator.files.intake.findings import Said, Where
from allocator.files.intake.recognising import where_of
from allocator.files.templates.apart import has_settings
from allocator.files.templates.settings_changed import settings_changed
from allocator.files.templates.settings_reading import with_settings
from allocator.scenario import Scenario

_CHANGED = "these settings of the scenario change: {settings}"


def with_settings_of(
    scenario: Scenario, books: Sequence[RawBook], desk: Desk, *, new: bool
) -> Scenario | None:
    """The scenario with the settings of all files; None where one of them cannot be used.

    Parameters
    ----------
    new
        Whether it is made from the files alone, so that nothing of it changes.
    """
    made = scenario
    for book in filter(has_settings, books):
        try:
            changed = with_settings(made, book)
        except DataError as error:
            for problem in error.problems:
                where = where_of(book, problem.path)
                desk.wrong(where, "", Problem("", problem.text, problem.details))
            continue
        told = settings_changed(made, changed)
        if told is not None and not new:
            desk.note(Where(book.name), "", Problem("", _CHANGED, {"settings": Said(told)}))
        made = changed
    return None if desk.findings else made
