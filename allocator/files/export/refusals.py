"""What may not leave in a form, said before anything is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allocator.county.frozen import Problem
from allocator.files.export.result import Result
from allocator.insight.identity import names_identity
from allocator.insight.released import FORM, FORM_SAYS, FORMS, Form
from allocator.modelling import Language
from allocator.scenario import Scenario

INSIDE = ("outcome", "data")
"""What holds everything of everybody: for the personnel section alone."""
_PLAN = ("workbook", "notices", "tables", "outcome")
"""What speaks of persons where a plan places teachers."""


def form_problems(
    wanted: Collection[str],
    form: str | None,
    scenario: Scenario,
    result: Result | None,
    lang: Language = "zh",
) -> Iterator[Problem]:
    """What stands against writing what is wanted in a form, or without one.

    Parameters
    ----------
    wanted
        Of ``workbook``, ``notices``, ``tables``, ``confirm``, ``geojson``, ``outcome``, ``data``.
    """
    known: Form | None = next((f for f in FORMS if f == form), None)
    if form is not None and known is None:
        text = "form {given} is unknown: choose one of {known}"
        yield Problem("--form", text, {"given": form, "known": ", ".join(FORMS)})
        return
    persons = [o for o in wanted if _of_persons(o, scenario, result)]
    if known is None:
        if persons:
            yield _unasked(persons, lang)
        return
    if known == "web" and "confirm" in wanted:
        text = "a list to confirm goes to a school, never to the open web: choose another form"
        yield Problem("--confirm", text)
    for option in persons:
        if option in INSIDE and known != "internal":
            text = "--{option} holds numbers or grounds of teachers: only --form internal writes it"
            yield Problem(f"--{option}", text, {"option": option})
    shown = [o for o in wanted if o in ("workbook", "notices", "tables", "geojson")]
    if shown and known != "internal" and result is not None and result.rejected:
        text = "the audit rejects this plan, so it must not be published: only --form internal"
        yield Problem("--form", text)
    if "outcome" in wanted and any(names_identity(t.id) for t in scenario.county.teachers):
        text = "numbers of teachers read as identity numbers: give them other numbers first"
        yield Problem("--outcome", text)


def _of_persons(option: str, scenario: Scenario, result: Result | None) -> bool:
    if option in _PLAN:
        return result is not None and "staffing" in result.solved
    return option == "confirm" or (option == "data" and bool(scenario.county.teachers))


def _unasked(persons: list[str], lang: Language) -> Problem:
    """The form has to be chosen: what each one holds."""
    text = "persons stand in {options}: choose --form {choices}"
    joint = "；" if lang == "zh" else "; "
    choices = joint.join(f"{f} ({FORM[f].say(lang)}: {FORM_SAYS[f].say(lang)})" for f in FORMS)
    options = ", ".join(f"--{o}" for o in persons)
    return Problem("--form", text, {"options": options, "choices": choices})
