"""``allocator next-round``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from allocator.cli.outputs import check_output
from allocator.modelling import Language
from allocator.words import say

if TYPE_CHECKING:
    from allocator.scenario import Scenario

_APPOINTED = (
    "teacher", "name", "subject", "from_school", "to_school", "to_campus", "choice", "choices",
    "order",
)  # fmt: skip
_OTHERS = ("teacher", "name", "subject", "from_school", "choices", "result")


def next_round_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    out: Annotated[
        Path | None, typer.Option("--out", help="The scenario file; none only prints the round.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", help="Name of the round.")] = None,
    part_posts: Annotated[
        bool, typer.Option("--part-posts", help="Less than a full load makes a post too.")
    ] = False,
) -> int:
    """Propose the next round of applications and add it to the scenario."""
    from allocator.cli.console import answers
    from allocator.cli.tables import print_table
    from allocator.files import load, save
    from allocator.insight.round_tables import binding_objections, round_results
    from allocator.staffing.rounds import (
        propose_round,
        vacancies,
        with_round,
    )

    lang: Language = context.obj
    check_output(out, scenario)
    loaded = load(scenario)
    county = loaded.county
    posts = vacancies(county, "up" if part_posts else "down")
    number = len(county.rounds) + 1
    held = propose_round(
        county,
        posts,
        id=_unused({r.id for r in county.rounds}, number),
        name=name or say("Round {number}, proposed", lang, number=number),
        objections=binding_objections(loaded),
    )
    changed = _bound(loaded, lang).model_copy(update={"county": with_round(county, held)})
    console = answers()
    table = round_results(loaded, held, posts, lang)
    got = table["result"] == "appointed"
    console.print(
        say(
            "{name}: {posts} open posts, {applicants} named campuses, {appointed} appointed",
            lang,
            name=held.name,
            posts=sum(posts.values()),
            applicants=len(table),
            appointed=int(got.sum()),
        ),
        style="bold",
    )
    if got.any():
        print_table(console, table[got], _APPOINTED, lang)
    if not got.all():
        console.print(say("Without a post in this round:", lang), style="bold")
        print_table(console, table[~got], _OTHERS, lang)
    _print_broken(console, loaded, changed, lang)
    if out is not None:
        save(changed, out)
    return 0


def _bound(scenario: Scenario, lang: Language) -> Scenario:
    """The scenario with the rule that makes results bind, unless its author put it off."""
    from allocator.scenario import with_rule
    from allocator.staffing.rules.round_lock import RoundLock

    if scenario.staffing is None:
        return scenario
    firmness = {c.rule: c.firmness for c in scenario.staffing.rules}.get(RoundLock.name)
    if firmness == "off":
        text = "Note: the rule {title} is off, so that results of rounds bind nobody."
        print(say(text, lang, title=RoundLock.title.say(lang)), file=sys.stderr)
    if firmness is not None:
        return scenario
    return with_rule(scenario, "staffing", {"rule": RoundLock.name, "firmness": "must"})


def _unused(known: set[str], number: int) -> str:
    while f"R{number}" in known:
        number += 1
    return f"R{number}"


def _print_broken(console: Console, before: Scenario, after: Scenario, lang: Language) -> None:
    """Rules that must be kept and are missed by more; the placement that follows may mend it."""
    from allocator.cli.verdicts import rule_of, sentences
    from allocator.insight.round_tables import rules_broken_by

    if before.staffing is None:
        return
    broken = rules_broken_by(before, after)
    if broken:
        console.print(say("Rules that must be kept, further off by results alone:", lang))
    for verdict in broken:
        console.print(f"  {rule_of(after, verdict).title.say(lang)}")
        for sentence in sentences(after, verdict, lang):
            console.print(f"    {sentence}")
