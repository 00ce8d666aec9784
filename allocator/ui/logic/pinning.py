"""Decisions on one move of a plan: the teacher stays, goes there, or not to that school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from allocator.county.county import County
from allocator.county.people import Pin, Teacher
from allocator.modelling import Language, Text
from allocator.ui.logic.edits import Edit

Decision = Literal["stays", "goes", "not_to", "open"]
"""Stays, goes to the campus named, does not go to it, or nothing decided."""

_SAID = {
    "stays": Text("留任", "stays"),
    "goes": Text("到{place}", "goes to {place}"),
    "not_to": Text("不到{place}", "not to {place}"),
}


def pins_after(teacher: Teacher, decision: Decision, campus: str) -> list[dict[str, Any]]:
    """The pins of a teacher with one more decision; what contradicts it is dropped.

    Parameters
    ----------
    campus
        The campus the plan sends the teacher to.

    """
    barred = [p for p in teacher.pins if p.kind == "not_to"]
    if decision == "stays":
        kept = [Pin(kind="stays")]
    elif decision == "goes":
        kept = [*(p for p in barred if p.campus != campus), Pin(kind="goes", campus=campus)]
    elif decision == "not_to":
        kept = [*(p for p in barred if p.campus != campus), Pin(kind="not_to", campus=campus)]
    else:
        kept = []
    return [p.model_dump(mode="json") for p in kept]


def pin_edit(teacher: Teacher, decision: Decision, campus: str) -> Edit:
    """The edit that writes a decision into the data of a teacher."""
    return Edit("cell", ("teachers", teacher.id, "pins"), pins_after(teacher, decision, campus))


def pins_in_words(county: County, teacher: Teacher, lang: Language) -> str:
    """What is decided of a teacher, empty where nothing is."""
    return pinned_words(county, teacher.pins, lang)


def pinned_words(county: County, pins: Sequence[Pin], lang: Language) -> str:
    """Some decisions in words, empty where there is none."""
    names = {c.id: c.name for s in county.schools for c in s.campuses}
    joint = "；" if lang == "zh" else "; "
    return joint.join(
        _SAID[p.kind].say(lang).format(place=names.get(p.campus or "", p.campus)) for p in pins
    )
