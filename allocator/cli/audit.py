"""``allocator audit``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from allocator.cli import exits
from allocator.cli.edited import BOOKS, Asked, audit_edited
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Plan
from allocator.modelling import Language
from allocator.scenario import PartName, Scenario
from allocator.words import say

if TYPE_CHECKING:
    from allocator.admission.record import DivisionRecord
    from allocator.files.books import RawBook

_TOLD = 10
"""Disagreements told one by one."""


def audit_command(
    context: typer.Context,
    scenario: Annotated[Path, typer.Argument(help="The scenario file (JSON).")],
    plan: Annotated[
        Path,
        typer.Argument(
            help="The plan: an outcome or a plan (JSON), a quota table (xlsx or CSV), or a results "
            "workbook changed by hand."
        ),
    ],
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", help="Sheet of a workbook; none takes the only one with a table."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            help="The outcome or plan (JSON) a changed workbook was exported from: edits are told.",
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the plan of a changed workbook as JSON.")
    ] = None,
    pins: Annotated[
        Path | None,
        typer.Option(
            "--pins", help="Write the scenario with the edits as pins, to solve the rest again."
        ),
    ] = None,
    most: Annotated[
        int,
        typer.Option("--most", min=0, help="How many edits of teachers are judged one by one."),
    ] = 50,
) -> int:
    """Judge a plan from data alone: no solver is asked."""
    from allocator.audit import audit
    from allocator.cli.console import answers
    from allocator.cli.verdicts import print_missed, print_rules
    from allocator.files import load

    lang: Language = context.obj
    asked = Asked(against, out, pins, most)
    asked.check(scenario, plan)
    loaded = load(scenario)
    if sheet is None and (book := _changed_by_hand(plan, asked)) is not None:
        return audit_edited(loaded, book, asked, lang)
    decided, parts, record = _decided(loaded, plan, sheet, lang)
    _refuse_foreign(loaded.county, decided)
    found = audit(loaded, decided, parts)
    console = answers()
    print_rules(console, loaded, found, lang)
    print_missed(console, loaded, found, lang)
    reproduced = record is None or _reproduced(console, loaded, record, decided, lang)
    if found.clean and reproduced:
        console.print(say("Audit: clean, every rule that must be kept is kept.", lang))
        return exits.CLEAN
    console.print(say("Audit: the plan is rejected.", lang))
    return exits.REJECTED


def _changed_by_hand(path: Path, asked: Asked) -> RawBook | None:
    """A file to be read as a results workbook: it is asked for, or it holds a list of moves."""
    if path.suffix.lower() not in BOOKS:
        if asked.anything:
            text = "--against, --out and --pins go with a results workbook (.xlsx, .xls or .ods)"
            raise DataError((Problem(str(path), text),))
        return None
    from allocator.files.books import open_book
    from allocator.files.edited import holds_a_plan

    book = open_book(path)
    return book if asked.anything or holds_a_plan(book) else None


def _reproduced(
    console: Console, scenario: Scenario, record: DivisionRecord, plan: Plan, lang: Language
) -> bool:
    """Whether the multipliers on record give every total and cell of the quota table."""
    from allocator.admission.record_check import check
    from allocator.insight.admission_tables import entitlement
    from allocator.words import tell

    problems = check(record, entitlement(scenario), plan)
    for problem in problems[:_TOLD]:
        console.print("  " + tell(problem, lang))
    console.print(
        say("The published multipliers do not give this quota table.", lang)
        if problems
        else say("The published multipliers give every total and every cell.", lang)
    )
    return not problems


def _decided(
    scenario: Scenario, path: Path, sheet: str | None, lang: Language
) -> tuple[Plan, tuple[PartName, ...], DivisionRecord | None]:
    """The plan of a file, the parts it decides, and the record of its quota table.

    An empty part is not held against a plan.
    """
    from allocator.files import load_matrix, load_plan_or_outcome

    if path.suffix.lower() in (".xlsx", ".csv"):
        return load_matrix(path, scenario, sheet), ("admission",), None
    found = load_plan_or_outcome(path)
    if isinstance(found, Plan):
        held: dict[PartName, bool] = {
            "staffing": bool(found.moves or found.teaching or found.supply),
            "admission": bool(found.quotas),
        }
        parts = tuple(p for p in scenario.parts if held[p])
        return found, parts or scenario.parts, None
    from allocator.scenario.hashing import scenario_hash

    if found.scenario_hash != scenario_hash(scenario):
        print(
            say("Note: this outcome was made from another state of the scenario.", lang),
            file=sys.stderr,
        )
    parts = tuple(p.part for p in found.parts if p.plan is not None and p.part in scenario.parts)
    if not parts:
        text = "it holds no plan for this scenario: solve again or choose another file"
        raise DataError((Problem(str(path), text),))
    division = found.part("admission") if "admission" in parts else None
    return found.plan, parts, division.division if division is not None else None


def _refuse_foreign(county: County, plan: Plan) -> None:
    """Refuse a plan most of whose people and schools are unknown here: it is another county's."""
    people = {m.teacher for m in plan.moves} | {t.teacher for t in plan.teaching}
    schools = {q.junior_high for q in plan.quotas} - {p.id for p in county.quota_pools}
    sections = {s.section for s in plan.supply}
    strangers = (
        (people - county.teacher.keys())
        | (schools - county.school.keys() - {pool.id for pool in county.quota_pools})
        | (sections - county.places.keys())
    )
    named = len(people) + len(schools) + len(sections)
    if 2 * len(strangers) > named:
        text = "{unknown} of {all} people and schools are not in this county: choose its own plan"
        details = {"unknown": len(strangers), "all": named}
        raise DataError((Problem("plan", text, details),))
