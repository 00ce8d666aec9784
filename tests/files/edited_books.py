"""The toy county's plan as a workbook, and what people do to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from allocator.audit import audit
from allocator.county.frozen import Problem
from allocator.county.plan import Move, Plan, QuotaCell
from allocator.files.workbook import workbook_bytes
from allocator.insight.by_hand.edits import HandEdit, MoveEdit, QuotaEdit, SupplyEdit
from allocator.samples import toy_scenario
from allocator.scenario import Scenario
from allocator.scenario.hashing import scenario_hash
from allocator.solving.outcome import Outcome, PartOutcome
from allocator.staffing.decode import teaching

MOVES, QUOTAS = "交流名单", "名额分配表"
HEADINGS = 3
"""Row of the headings, as people count."""
FIRST = HEADINGS + 1
SENT = {"T00004": "C3.junior", "T00006": "C2.junior", "T00014": "C6.primary"}
"""Maths and music of the urban junior high, Chinese of the urban primary school."""
GIVEN = {"H1": (19, 15, 5, 10, 5), "H2": (13, 10, 3, 6, 4)}
"""Places for S1, S2, S3, S4 and S7."""


@cache
def scenario() -> Scenario:
    """The toy county with both parts."""
    return toy_scenario()


@cache
def plan() -> Plan:
    """Three secondments and 90 places."""
    where = scenario().county
    moves = tuple(
        Move(
            teacher=id,
            origin=where.home(where.teacher[id]).id,
            destination=to,
            kind="secondment",
            ground="exchange",
            start="2020-09",
            years=3,
            points_rank=1,
        )
        for id, to in SENT.items()
    )
    serving = {id: where.home(teacher) for id, teacher in where.teacher.items()}
    serving |= {m.teacher: where.places[m.destination] for m in moves}
    quotas = tuple(
        QuotaCell(senior_high=high, junior_high=school, places=number)
        for high, numbers in GIVEN.items()
        for school, number in zip(("S1", "S2", "S3", "S4", "S7"), numbers, strict=True)
    )
    return Plan(moves=moves, teaching=teaching(where, serving), quotas=quotas)


def outcome_of(where: Scenario, made: Plan) -> Outcome:
    """A plan as the outcome of a solve."""
    halves = {
        "staffing": made.model_copy(update={"quotas": ()}),
        "admission": Plan(quotas=made.quotas),
    }
    return Outcome(
        scenario_hash=scenario_hash(where),
        engine="highs",
        parts=tuple(
            PartOutcome(
                part=part,
                status="feasible",
                reason="gap_open",
                plan=halves[part],
                audit=audit(where, halves[part], (part,)),
            )
            for part in where.parts
        ),
    )


@cache
def content() -> bytes:
    """The workbook as it is exported."""
    return workbook_bytes(scenario(), outcome_of(scenario(), plan()), "zh")


@cache
def few() -> bytes:
    """The same with those sheets only that are read back, and one of results."""
    kept = ("摘要", MOVES, "学科课时覆盖", QUOTAS, "_allocator")

    def thinned(book: openpyxl.Workbook) -> None:
        for name in set(book.sheetnames) - {*kept}:
            book.remove(book[name])

    return changed(thinned, content())


def changed(change: Callable[[openpyxl.Workbook], Any], book: bytes | None = None) -> bytes:
    """A workbook after somebody has worked in it."""
    opened = openpyxl.load_workbook(BytesIO(book if book is not None else few()))
    change(opened)
    held = BytesIO()
    opened.save(held)
    return held.getvalue()


def column(sheet: Worksheet, heading: str) -> int:
    """Number of a column, from 1."""
    return next(c.column for row in sheet.iter_rows() for c in row if c.value == heading)


def row_of(sheet: Worksheet, value: str) -> int:
    """Number of the first row that holds a value."""
    return next(c.row for row in sheet.iter_rows() for c in row if c.value == value)


def put(book: openpyxl.Workbook, who: str, heading: str, value: object, tab: str = MOVES) -> None:
    """Write into the row of a teacher or a school."""
    sheet = book[tab]
    sheet.cell(row_of(sheet, who), column(sheet, heading)).value = value


def add(book: openpyxl.Workbook, **cells: object) -> int:
    """Write a row under the list of moves; the number of the row."""
    sheet = book[MOVES]
    row = max(row_of(sheet, id) for id in SENT if _holds(sheet, id)) + 1
    for heading, value in cells.items():
        sheet.cell(row, column(sheet, heading)).value = value
    return row


def _holds(sheet: Worksheet, value: str) -> bool:
    return any(c.value == value for row in sheet.iter_rows() for c in row)


def short(edits: Iterable[HandEdit]) -> list[tuple[object, ...]]:
    """Who, from, to."""
    found: list[tuple[object, ...]] = []
    for e in edits:
        match e:
            case MoveEdit():
                ends = (None if m is None else m.destination for m in (e.was, e.now))
                found.append((e.teacher, *ends))
            case QuotaEdit():
                found.append((e.senior_high, e.junior_high, e.was, e.now))
            case SupplyEdit():
                found.append((e.section, e.subject, e.kind, e.was, e.now))
    return found


def told(problems: Iterable[Problem]) -> dict[str, str]:
    """Cell -> what is wrong there, in English."""
    return {p.path: p.text.format_map(dict(p.details)) for p in problems}
