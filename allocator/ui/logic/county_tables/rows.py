"""Rows added and removed: either it is done, or it is said why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from allocator.modelling import Language
from allocator.records.fields import name_of
from allocator.ui.logic.county_tables.grid import Grid, Values
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.words import say


def added(draft: Draft, grid: Grid, answers: Values, lang: Language) -> tuple[Draft, str]:
    """The draft with a new row, or as it was and why the row cannot be."""
    if grid.form is None:
        return draft, ""
    for code, about in grid.form.fields.items():
        empty = answers.get(code) in (None, "", [])
        if empty and not about.optional and about.kind not in ("flag", "choices"):
            if about.kind == "text" and about.long:
                continue
            text = "{field} is empty: enter it"
            return draft, say(text, lang, field=about.title.say(lang))
    row, record = grid.form.record(answers)
    if row in grid.held.rows(draft.scenario.county):
        text = "{row} is in the table already: give another code, or change that row"
        return draft, say(text, lang, row=name_of(draft.scenario.county, row, lang))
    return _done(draft, Edit("add", (grid.table, row), dict(record)), lang)


def removed(
    draft: Draft, grid: Grid, rows: Sequence[str], lang: Language
) -> tuple[Draft, tuple[str, ...]]:
    """The draft without rows, and why some of them are still there."""
    edits = [Edit("remove", (grid.table, row)) for row in rows]
    county = draft.scenario.county
    made = draft.with_each(edits)
    refused = [edit.where for edit in edits if edit.where in made.wrong]
    told = tuple(
        f"{name_of(county, where[1], lang)}: "
        + say(made.wrong[where].problem.text, lang, **dict(made.wrong[where].problem.details))
        for where in refused
    )
    left = {where: wrong for where, wrong in made.wrong.items() if where not in refused}
    return replace(made, wrong=left), told


def _done(draft: Draft, edit: Edit, lang: Language) -> tuple[Draft, str]:
    made = draft.with_edit(edit)
    wrong = made.wrong.get(edit.where)
    if wrong is None:
        return made, ""
    problem = wrong.problem
    return draft, say(problem.text, lang, **dict(problem.details))
