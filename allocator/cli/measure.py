"""``allocator measure``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.words import say

if TYPE_CHECKING:
    from allocator.insight.view import BeforeAfter

_BALANCE = ("stage", "indicator_name", "before", "target")
_COVERAGE = ("needed", "teachers_before", "covered_before", "uncovered_before")
_FAMOUS = ("school", "pupils", "need", "have_before", "missing_before")
_PLAN = ("number", "indicator_name", "in_2020", "now", "target", "by_2025", "computed_from")
_POSTS = ("posts_by_periods", "posts", "in_post_before", "over_before", "short_before")
_QUOTAS = ("junior_high", "township", "graduates", "registered", "entitlement")


def measure_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
) -> int:
    """Measure the county as it is: people, indicators, coverage, rules. Nothing is solved."""
    from allocator.cli.console import answers
    from allocator.files import load

    lang: Language = context.obj
    loaded = load(scenario)
    console = answers()
    _size(console, loaded, lang)
    _standing(console, loaded, lang)
    _tables(console, loaded, lang)
    _rules(console, loaded, lang)
    _quotas(console, loaded, lang)
    return 0


def _size(console: Console, scenario: Scenario, lang: Language) -> None:
    county = scenario.county
    console.print(f"{scenario.title} · {county.name} · {county.as_of}", style="bold")
    console.print(
        say(
            "{townships} townships, {schools} schools with {campuses} campuses, {pupils} pupils, "
            "{classes} classes, {teachers} teachers, {highs} senior highs",
            lang,
            townships=len(county.townships),
            schools=len(county.schools),
            campuses=sum(len(s.campuses) for s in county.schools),
            pupils=sum(p.section.pupils for p in county.places.values()),
            classes=sum(sum(p.section.classes) for p in county.places.values()),
            teachers=len(county.teachers),
            highs=len(county.senior_highs),
        )
    )


def _standing(console: Console, scenario: Scenario, lang: Language) -> None:
    """How many are due to move, may move, or are not to move now."""
    standings = scenario.county.standings.values()
    held = Counter(s.status for s in standings)
    console.print(
        say(
            "due to move {due}, may move {may}, not now {not_now}; eligible {eligible}",
            lang,
            due=held["due"],
            may=held["may"],
            not_now=held["not_now"],
            eligible=sum(s.eligible for s in standings),
        )
    )


def _tables(console: Console, scenario: Scenario, lang: Language) -> None:
    """Difference coefficients, coverage by stage and subject, famous teachers, the plan."""
    from allocator.cli.tables import print_table
    from allocator.insight.tables import (
        coverage,
        famous,
        indicators,
        plan_indicators,
        plan_indicators_missing,
    )
    from allocator.insight.view import before_after
    from allocator.staffing.decode import today

    seen = before_after(scenario, today(scenario.county))
    console.print(say("Difference coefficients:", lang), style="bold")
    print_table(console, indicators(scenario, seen, lang), _BALANCE, lang)
    console.print(say("Coverage:", lang), style="bold")
    taught = coverage(scenario, seen, lang)
    by_subject = taught.groupby(["stage", "subject"], sort=False, as_index=False)[
        list(_COVERAGE)
    ].sum()
    print_table(console, by_subject, ("stage", "subject", *_COVERAGE), lang)
    console.print(say("Famous teachers in rural junior highs:", lang), style="bold")
    print_table(console, famous(scenario, seen), _FAMOUS, lang)
    _posts(console, scenario, seen, lang)
    console.print(say("Indicators of the plan's Table 1:", lang), style="bold")
    print_table(console, plan_indicators(scenario, seen, lang), _PLAN, lang)
    missing = plan_indicators_missing(scenario, seen, lang)
    if missing:
        console.print(say("no data for: {numbers}", lang, numbers=", ".join(missing)))


def _posts(console: Console, scenario: Scenario, seen: BeforeAfter, lang: Language) -> None:
    """Posts, over and short by stage, and what establishment and pool hold."""
    from allocator.cli.tables import print_table
    from allocator.county.places import STAGES
    from allocator.insight.tables import posts, school_posts

    console.print(say("Posts:", lang), style="bold")
    lines = posts(scenario, seen, lang)
    by_stage = lines.groupby("stage", sort=False, as_index=False)[list(_POSTS)].sum()
    by_stage = by_stage.sort_values("stage", key=lambda stages: stages.map(STAGES.index))
    print_table(console, by_stage, ("stage", *_POSTS), lang)
    schools = school_posts(scenario, seen)
    console.print(
        say(
            "establishment {approved}, non-teaching {other}, on establishment {held}; free {free}, "
            "above {above}; county pool {pool}",
            lang,
            approved=schools["establishment"].sum(),
            other=schools["non_teaching"].sum(),
            held=schools["on_establishment_before"].sum(),
            free=schools["free_before"].sum(),
            above=schools["above_before"].sum(),
            pool=scenario.county.post_pool,
        )
    )


def _rules(console: Console, scenario: Scenario, lang: Language) -> None:
    """What each staffing rule says of the county with nobody moved."""
    from allocator.audit import audit
    from allocator.cli.verdicts import print_rules
    from allocator.staffing.decode import today

    if scenario.staffing is not None:
        console.print(say("Rules, with nobody moved:", lang), style="bold")
        print_rules(console, scenario, audit(scenario, today(scenario.county), ["staffing"]), lang)


def _quotas(console: Console, scenario: Scenario, lang: Language) -> None:
    """What each junior high can claim before anything is divided."""
    from allocator.cli.tables import print_table
    from allocator.county.plan import Plan
    from allocator.insight.tables import quota_matrix

    if scenario.admission is not None:
        console.print(say("Quota places:", lang), style="bold")
        print_table(console, quota_matrix(scenario, Plan()), _QUOTAS, lang)
