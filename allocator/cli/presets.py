"""``allocator presets``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from allocator.cli.console import answers
from allocator.insight.vocabulary import FIRMNESS, word
from allocator.scenario import presets
from allocator.staffing.rules import RULES
from allocator.words import say

if TYPE_CHECKING:
    from allocator.modelling import Language


def presets_command(context: typer.Context) -> int:
    """List the presets: their rules, and in both languages where each number comes from."""
    lang: Language = context.obj
    console = answers()
    for known in presets():
        console.print(f"{known.name}: {known.title.zh} / {known.title.en}", style="bold")
        for rule in RULES:
            choice = known.choice(rule)
            if choice.firmness != "off":
                firmness = word(FIRMNESS, choice.firmness, lang)
                console.print(f"  {firmness}  {choice.parameters.asks(lang)}")
        for note in known.notes:
            console.print(f"  - {note.zh}")
            console.print(f"    {note.en}")
        console.print("")
    console.print(say('in a scenario: "staffing": {{"preset": "NAME"}}', lang))
    return 0
