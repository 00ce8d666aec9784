"""Edits in words, for the list of what differs from the file."""

from __future__ import annotations

from typing import Any

from allocator.insight.registry import REGISTRY
from allocator.insight.vocabulary import FIRMNESS, PART, word
from allocator.modelling import Language
from allocator.records.fields import name_of
from allocator.records.tables import table
from allocator.scenario import PartName
from allocator.ui.logic.draft import Draft, chosen
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
        part = word(PART, edit.where[0], lang)
        what = {"goals": say("order of goals", lang), "preset": say("preset", lang)}
        return f"{part} · {what.get(edit.kind, edit.where[-1])}: {_short(edit.value)}"
    name, row, *column = edit.where
    held, county = table(name), draft.scenario.county
    where = f"{held.title.say(lang)} · {name_of(county, row, lang)}"
    if edit.kind == "cell":
        before, after = held.cell(draft.saved.county, row, column[0]), edit.value
        heading, about = held.heading(column[0]).say(lang), held.fields.get(column[0])
        if about is not None:
            before = about.spoken(before, draft.saved.county, lang)
            after = about.spoken(after, county, lang)
        return f"{where} · {heading}: {_short(before)} → {_short(after)}"
    return f"{where}: {say('added' if edit.kind == 'add' else 'removed', lang)}"


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
    part: PartName = "staffing" if edit.where[0] == "staffing" else "admission"
    rule = next(r for r in REGISTRY[part] if r.name == edit.where[1])
    before, after = chosen(draft.saved, part, rule), chosen(draft.scenario, part, rule)
    title = rule.title.say(lang)
    if before.firmness != after.firmness:
        return (
            f"{title}: {word(FIRMNESS, before.firmness, lang)} → "
            f"{word(FIRMNESS, after.firmness, lang)}"
        )
    return f"{title}: {after.rule.asks(lang)}"


def _short(value: Any) -> str:
    """A plain value in few letters."""
    if value is None or value in ("", [], ()):
        return _NOTHING
    if isinstance(value, bool):
        return "√" if value else "×"
    if isinstance(value, list):
        return "、".join(_short(v) for v in value)
    if isinstance(value, dict):
        return "、".join(_short(v) for v in value.values() if v not in (None, "", []))
    return str(value)
