"""What came of a solve, on standard output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from allocator.cli.console import answers
from allocator.cli.tables import print_table
from allocator.cli.verdicts import as_problem, print_missed
from allocator.insight.decided import against_decided
from allocator.insight.tables import proof, summary, timings
from allocator.insight.vocabulary import PART, REASON, STATUS, word
from allocator.scenario import Scenario
from allocator.words import say, tell

if TYPE_CHECKING:
    from allocator.modelling import Language
    from allocator.solving.outcome import Outcome, PartOutcome

_TIERS = ("rank", "tier_title", "value", "bound", "gap", "proven")
_FIGURES = ("figure", "before", "after", "change", "target")


def print_outcome(scenario: Scenario, outcome: Outcome, lang: Language) -> None:
    """Print status, tiers with bounds, what is missed, and what changes against today."""
    console = answers()
    tiers = proof(scenario, outcome, lang)
    figures = summary(scenario, outcome)
    for part in outcome.parts:
        _head(console, part, lang)
        if part.part == "staffing" and part.status == "infeasible":
            _decided(console, scenario, lang)
        if part.plan is None:
            continue
        here = tiers[tiers["part"] == part.part]
        print_table(console, here, _TIERS, lang)
        if part.audit is not None:
            _audit(console, scenario, part, lang)
        console.print(say("Against the county as it is:", lang))
        here = figures[figures["part"] == part.part]
        print_table(console, here, _FIGURES, lang)


def _head(console: Console, part: PartOutcome, lang: Language) -> None:
    console.print(
        say(
            "{part}: {status} ({reason})",
            lang,
            part=word(PART, part.part, lang),
            status=word(STATUS, part.status, lang),
            reason=word(REASON, part.reason, lang),
        ),
        style="bold",
    )
    for flaw in (*part.problems, *part.notes):
        console.print("  " + tell(as_problem(flaw), lang))


def _decided(console: Console, scenario: Scenario, lang: Language) -> None:
    """What was decided beforehand and leaves no plan."""
    if against := against_decided(scenario, lang):
        console.print(say("Decided beforehand, and against rules that must be kept:", lang))
    for sentence in against:
        console.print(f"  {sentence}", markup=False)


def _audit(console: Console, scenario: Scenario, part: PartOutcome, lang: Language) -> None:
    if part.audit is None:
        return
    clean = part.audit.clean
    console.print(
        say("Audit: clean, every rule that must be kept is kept.", lang)
        if clean
        else say("Audit: the plan is rejected.", lang)
    )
    print_missed(console, scenario, part.audit, lang)


def print_timings(outcome: Outcome, lang: Language) -> None:
    """Print the seconds each step took."""
    console = answers()
    console.print(say("Seconds of each step:", lang))
    print_table(console, timings(outcome), ("part", "step", "seconds"), lang)
