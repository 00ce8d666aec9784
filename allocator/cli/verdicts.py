"""Verdicts of an audit as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console

from allocator.audit import Audit, Flaw, Verdict
from allocator.county.frozen import Problem
from allocator.insight.names import namer
from allocator.insight.tables import rules
from allocator.insight.vocabulary import FIRMNESS, word
from allocator.modelling import Rule, verdict
from allocator.scenario import Scenario
from allocator.words import say, tell

if TYPE_CHECKING:
    from allocator.modelling import Language


def rule_of(scenario: Scenario, found: Verdict) -> Rule:
    """The configured rule a verdict speaks of."""
    return next(c.rule for c in scenario.configured(found.part) if c.rule.name == found.rule)


def sentences(scenario: Scenario, found: Verdict, lang: Language) -> Iterator[str]:
    """One sentence for each reading that misses its limit, the worst first."""
    rule = rule_of(scenario, found)
    name = namer(scenario, lang)
    missed = [r for r in found.readings if not r.kept]
    for reading in sorted(missed, key=lambda r: (-r.shortfall, r.where)):
        yield verdict(rule, reading, name(reading.where), lang)


def print_flaws(console: Console, audit: Audit, lang: Language) -> None:
    """What no plan of this county can contain."""
    if audit.flaws:
        console.print(say("Not a plan of this county:", lang))
    for flaw in audit.flaws:
        console.print("  " + tell(as_problem(flaw), lang))


def as_problem(flaw: Flaw) -> Problem:
    """A flaw as a problem, to be told in words."""
    return Problem(flaw.path, flaw.text, flaw.details)


def print_missed(console: Console, scenario: Scenario, audit: Audit, lang: Language) -> None:
    """Every rule that is broken or missed, each place in a sentence."""
    print_flaws(console, audit, lang)
    for title, verdicts in (
        (say("Rules broken that must be kept:", lang), audit.broken()),
        (say("Rules wished for and missed:", lang), audit.missed()),
    ):
        if verdicts:
            console.print(title)
        for found in verdicts:
            console.print(f"  {rule_of(scenario, found).title.say(lang)}")
            for sentence in sentences(scenario, found, lang):
                console.print(f"    {sentence}")


def print_rules(console: Console, scenario: Scenario, audit: Audit, lang: Language) -> None:
    """Every rule in force in one line: how firmly it is meant, and its verdict in words."""
    table = rules(scenario, audit, lang)
    for row in table[table["checked"].notna()].to_dict("records"):
        firmness = word(FIRMNESS, row["firmness"], lang)
        console.print(f"  {row['title']} [{firmness}] {row['verdict']}")
