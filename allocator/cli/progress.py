"""Progress on standard error: one living line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING

from rich.live import Live
from rich.text import Text as Line

from allocator.cli.console import asides
from allocator.insight.registry import TIERS
from allocator.insight.vocabulary import PART, STEP, word
from allocator.solving.progress import Event
from allocator.words import say

if TYPE_CHECKING:
    from allocator.modelling import Language

_PAUSE = 2.0
"""Seconds between two plain lines about the same step."""


class Progress:
    """Shows the events of a job while it runs."""

    def __init__(self, lang: Language) -> None:
        self._lang = lang
        self._console = asides()
        self._live: Live | None = None
        self._step: tuple[str, str, str] | None = None
        self._when = 0.0

    def __enter__(self) -> Progress:
        """Start showing."""
        if self._console.is_terminal:
            first = Line(say("starting", self._lang))
            self._live = Live(first, console=self._console, transient=True)
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop showing."""
        if self._live is not None:
            self._live.stop()

    def __call__(self, event: Event) -> None:
        """Show one event."""
        line = told(event, self._lang)
        if self._live is not None:
            self._live.update(Line(line))
            return
        step = (event.part, event.stage, event.tier)
        if step != self._step or time.monotonic() - self._when >= _PAUSE:
            self._step, self._when = step, time.monotonic()
            self._console.print(line)


def told(event: Event, lang: Language) -> str:
    """An event in words: part, step, tier, incumbent, bound, gap, elapsed."""
    parts = [word(PART, event.part, lang)] if event.part else []
    parts.append(word(STEP, event.stage, lang))
    if event.tier:
        parts.append(tier_title(event.tier, lang))
    if event.incumbent is not None:
        parts.append(say("incumbent {value:,.6g}", lang, value=event.incumbent))
    if event.bound is not None:
        parts.append(say("bound {value:,.6g}", lang, value=event.bound))
    if event.gap is not None:
        parts.append(say("gap {value:.2%}", lang, value=event.gap))
    parts.append(say("{value:.1f} s", lang, value=event.seconds))
    return " · ".join(parts)


def tier_title(name: str, lang: Language) -> str:
    """The title of a tier of either part."""
    titles = {tier.name: tier.title for tiers in TIERS.values() for tier in tiers.values()}
    return titles[name].say(lang) if name in titles else name
