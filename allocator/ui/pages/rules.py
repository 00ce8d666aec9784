"""Rules: every rule of the scenario as a card."""

from __future__ import annotations

from allocator.ui import cards
from allocator.ui.frame import Context


def show_rules(context: Context) -> None:
    """The cards, with what the last result says of each rule."""
    cards.show_rules(context.draft, context.findings if context.how == "current" else None)
