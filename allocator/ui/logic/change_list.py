"""Edits in words, for the list of what differs from the file."""

from __future__ import annotations

from typing import Any

from allocator.insight.registry import REGISTRY, TIERS
from allocator.insight.settings_compared import (
    preset_title,
    rule_compared,
    term_title,
    term_words,
)
from allocator.insight.vocabulary import PART, word
from allocator.modelling import Language
from allocator.records.fields import name_of
from allocator.records.tables import table
from allocator.scenario import PartName
from allocator.ui.logic.cell_words import cell_words
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.words import say

_NOTHING = "—"


def told(edit: Edit, draft: Draft, lang: Language) -> str:
    """One edit of a draft: what it speaks of, what the file has, what stands now."""
    if edit.kind == "rule":
        return _rule(edit, draft, lang)
    if edit.kind == "title":
        return say("Title: {before} → {after}", lang, before=draft.saved.title, after=edit.value)
    if edit.kind == "batch":
        return _batch(edit, lang)
    if edit.kind in ("goals", "terms", "preset"):
        return _setting(edit, draft, lang)
    name, row, *column = edit.where
    held, county = table(name), draft.scenario.county
    where = f"{held.title.say(lang)} · {name_of(county, row, lang)}"
    if edit.kind == "cell":
        before = held.cell(draft.saved.county, row, column[0])
        before = cell_words(name, column[0], before, draft.saved.county, lang)
        after = cell_words(name, column[0], edit.value, county, lang)
        heading = held.heading(column[0]).say(lang)
        return _joined(
            f"{where} · {heading}", f"{_short(before, lang)} → {_short(after, lang)}", lang
        )
    return _joined(where, say("added" if edit.kind == "add" else "removed", lang), lang)


def _joined(what: str, said: str, lang: Language) -> str:
    """What is spoken of, and what is said of it."""
    return say("{what}: {said}", lang, what=what, said=said)


def _batch(edit: Edit, lang: Language) -> str:
    """Files taken over: which, and how many rows of each table they touch."""
    rows: dict[str, set[str]] = {}
    for name, _, row, *_ in edit.value["changes"]:
        rows.setdefault(name, set()).add(row)
    between, comma = ("；", "、") if lang == "zh" else ("; ", ", ")
    what = between.join(
        say("{table}: {number} rows", lang, table=table(name).title.say(lang), number=len(touched))
        for name, touched in rows.items()
    )
    if edit.value.get("settings"):
        what = between.join(filter(None, (what, say("rules and settings", lang))))
    files = comma.join(edit.value["files"])
    return say("Import of {files}: {what}", lang, files=files, what=what)


def _rule(edit: Edit, draft: Draft, lang: Language) -> str:
    """A rule, with its firmness and the parameters that differ: in the file, and now."""
    part: PartName = "staffing" if edit.where[0] == "staffing" else "admission"
    rule = next(r for r in REGISTRY[part] if r.name == edit.where[1])
    before, after = rule_compared([draft.saved, draft.scenario], part, rule, lang)
    return _joined(rule.title.say(lang), f"{before} → {after}", lang)


def _setting(edit: Edit, draft: Draft, lang: Language) -> str:
    """An order of goals, a preset or a term: what it is now."""
    part: PartName = "staffing" if edit.where[0] == "staffing" else "admission"
    if edit.kind == "goals":
        heading = say("order of goals", lang)
        known = TIERS[part]
        value: Any = [known[g].title.say(lang) if g in known else g for g in edit.value]
    elif edit.kind == "preset":
        heading, value = say("preset", lang), preset_title(edit.value, lang)
    elif isinstance(edit.value, dict):
        return _joined(word(PART, part, lang), _group(edit, draft, part, lang), lang)
    else:
        path = edit.where[-1]
        heading, value = term_title(path).say(lang), edit.value
        if isinstance(value, str):
            value = word(term_words(path), value, lang)
    return _joined(f"{word(PART, part, lang)} · {heading}", _short(value, lang), lang)


def _group(edit: Edit, draft: Draft, part: PartName, lang: Language) -> str:
    """Terms that are kept together: those that differ from the file."""
    name, held = edit.where[1], draft.saved.part(part)
    before = {} if held is None else getattr(held.terms, name).model_dump(mode="json")
    differ = {key: value for key, value in edit.value.items() if value != before.get(key)}
    told = [f"{term_title(f'{name}.{k}').say(lang)} {_short(v, lang)}" for k, v in differ.items()]
    return _short(told, lang)


def _short(value: Any, lang: Language) -> str:
    """A plain value in few letters."""
    if value is None or value in ("", [], ()):
        return _NOTHING
    if isinstance(value, bool):
        return "√" if value else "×"
    if isinstance(value, dict):
        value = [v for v in value.values() if v not in (None, "", [])]
    if isinstance(value, list):
        return ("、" if lang == "zh" else ", ").join(_short(v, lang) for v in value)
    return str(value)
