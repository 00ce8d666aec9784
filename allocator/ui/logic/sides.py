"""What can be laid side by side: the scenario as it stands, its file, other files, runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.ui.logic import library, runs
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.library import Entry
from allocator.ui.logic.runs import Run
from allocator.words import say

MOST = 4
"""Sides beside each other that can still be read."""
_RUNS = 30
"""Recent runs to choose from."""
_MARK = "|"
"""Between two choices in an address; it stands in no file name."""
LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Choice:
    """Something that can be compared."""

    kind: Literal["now", "file", "run", "entry"]
    name: str = ""
    run: Run | None = None
    entry: Entry | None = None

    @property
    def key(self) -> str:
        """Its name in addresses."""
        return f"{self.kind}:{self.name}" if self.name else self.kind

    def words(self, lang: Language) -> str:
        """It as a person chooses it."""
        if self.run is not None:
            when = f"{self.run.asked:%m-%d %H:%M:%S}"
            return say("Run of {time}: {title}", lang, time=when, title=self.run.title)
        if self.entry is not None:
            return say("Scenario file: {title}", lang, title=self.entry.title)
        text = "This scenario as it stands" if self.kind == "now" else "This scenario as saved"
        return say(text, lang)

    def short(self, number: int, lang: Language) -> str:
        """It as the head of a column: a letter, and what tells it apart."""
        if self.run is not None:
            beside = f"{self.run.asked:%m-%d %H:%M}"
        elif self.entry is not None:
            beside = self.entry.title
        else:
            beside = say("as it stands" if self.kind == "now" else "as saved", lang)
        return f"{LETTERS[number]} {beside}"


@dataclass(frozen=True)
class Side:
    """One choice with what stands behind it."""

    choice: Choice
    mark: str
    """Changes whenever what stands behind it does."""
    scenario: Scenario
    findings: Findings | None
    """What came of it; None where it was not solved."""

    @property
    def solved(self) -> bool:
        """Whether it holds a plan."""
        return self.findings is not None and bool(self.findings.solved)


def choices(entry: Entry, draft: Draft) -> list[Choice]:
    """Everything to choose from: this scenario, runs that ended, other files."""
    found = [Choice("now")]
    if draft.edits:
        found.append(Choice("file"))
    found += [Choice("run", run.job.id, run=run) for run in _ended(runs.recent(_RUNS))]
    others = (e for e in library.entries() if e.key != entry.key)
    return [*found, *(Choice("entry", e.key, entry=e) for e in others)]


def _ended(listed: Sequence[Run]) -> list[Run]:
    """Runs that are over and left an outcome."""
    return [run for run in listed if run.job.folder.result.exists() and run.job.ended]


def usual(entry: Entry, draft: Draft, listed: Sequence[Choice], current: bool) -> list[Choice]:
    """What is compared if nobody asked for anything else.

    The last two runs of this scenario, the older first; else its file beside it as it stands; else
    its only run beside it as it stands, where that has changed since. Otherwise one side alone.

    Parameters
    ----------
    current
        Whether the last run was made from the scenario as it stands.
    """
    mine = [c for c in listed if c.run is not None and c.run.key == entry.key]
    now = Choice("now")
    if len(mine) > 1:
        return [mine[1], mine[0]]
    if mine and not current:
        return [mine[0], now]
    if draft.edits:
        return [Choice("file"), now]
    return [mine[0] if mine else now]


def written(chosen: Sequence[str]) -> str | None:
    """Keys of choices as they stand in an address."""
    return _MARK.join(chosen) or None


def read(address: str | None, listed: Sequence[Choice]) -> list[Choice]:
    """The choices of an address; those no longer there are left out."""
    known = {c.key: c for c in listed}
    return [known[k] for k in (address or "").split(_MARK) if k in known][:MOST]
