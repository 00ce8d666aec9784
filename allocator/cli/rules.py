"""``allocator rules``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from allocator.cli.console import answers
from allocator.county.frozen import DataError, Problem
from allocator.insight.registry import REGISTRY
from allocator.insight.vocabulary import FIRMNESS, PART, UNIT, word
from allocator.modelling import Language, Parameter, Rule
from allocator.modelling.rule import show
from allocator.scenario import Choice, preset
from allocator.staffing.rules import RULES as STAFFING_RULES
from allocator.words import say

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo


def rules_command(
    context: typer.Context,
    part: Annotated[
        str, typer.Option("--part", help="Only the rules of staffing or of admission.")
    ] = "both",
    preset_name: Annotated[
        str | None, typer.Option("--preset", help="The rules as a preset sets them.")
    ] = None,
) -> int:
    """List every registered rule: what it asks for, where it comes from, its parameters."""
    lang: Language = context.obj
    if part not in (*REGISTRY, "both"):
        text = "part {given} is unknown: choose one of {known}"
        details = {"given": part, "known": ", ".join((*REGISTRY, "both"))}
        raise DataError((Problem("--part", text, details),))
    base = None if preset_name is None else preset(preset_name, "--preset")
    set_to = {rule.name: base.choice(rule) for rule in STAFFING_RULES} if base else {}
    console = answers()
    for name, rules in REGISTRY.items():
        if part in (name, "both"):
            console.print(word(PART, name, lang), style="bold")
            for rule in rules:
                for line in described(rule, lang, set_to.get(rule.name)):
                    console.print("  " + line)
    return 0


def described(rule: type[Rule], lang: Language, choice: Choice | None = None) -> Iterator[str]:
    """A rule in lines: title, sentence, source, formula, firmness, parameters.

    As the choice has it, else at its defaults.
    """
    example = choice.parameters if choice else rule()
    allowed = ", ".join(word(FIRMNESS, f, lang) for f in rule.firmness_allowed)
    default = word(FIRMNESS, choice.firmness if choice else rule.default_firmness, lang)
    yield f"{rule.title.say(lang)} ({rule.name})"
    yield "  " + example.asks(lang)
    yield "  " + say("source: {clause}", lang, clause=rule.clause.say(lang))
    yield "  " + say("formula: {formula}", lang, formula=rule.formula)
    yield "  " + say(
        "firmness: {default} (allowed: {allowed})", lang, default=default, allowed=allowed
    )
    for about in rule.parameters():
        yield "  - " + _parameter(example, about, rule.model_fields[about.name], lang)
    yield ""


def _parameter(rule: Rule, about: Parameter, field: FieldInfo, lang: Language) -> str:
    return say(
        "{title} ({name}): {value}{unit}, {range}",
        lang,
        title=about.title.say(lang),
        name=about.name,
        value=show(getattr(rule, about.name), about, lang),
        unit="" if about.unit in ("share", "choice", "") else " " + word(UNIT, about.unit, lang),
        range=_range(about, field.metadata, lang),
    )


def _range(about: Parameter, metadata: Sequence[Any], lang: Language) -> str:
    """What a parameter accepts: its choices, or its limits."""
    if about.choices:
        listed = ", ".join(f"{code} {text.say(lang)}" for code, text in about.choices)
        return say("one of: {choices}", lang, choices=listed)
    limits = {
        kind: getattr(limit, kind)
        for limit in metadata
        for kind in ("ge", "gt", "le", "lt")
        if getattr(limit, kind, None) is not None
    }
    signs = {"ge": ">=", "gt": ">", "le": "<=", "lt": "<"}
    said = " ".join(f"{signs[k]} {show(limits[k], about, lang)}" for k in signs if k in limits)
    return said or say("any value", lang)
