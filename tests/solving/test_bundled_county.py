"""The bundled county of 8,500 teachers: head proposals switched on, and a published plan kept."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from allocator.county.county import County
from allocator.county.plan import Move, Plan
from allocator.files import load
from allocator.files.export.result import Result
from allocator.files.export.tables import TABLES
from allocator.files.workbook.released import released_workbook
from allocator.insight import tables
from allocator.scenario import Scenario, with_published, with_rule
from allocator.solving import solve_scenario
from allocator.solving.outcome import Outcome, PartOutcome

pytestmark = pytest.mark.long

BUNDLED = Path(__file__).parents[2] / "scenarios" / "cixi-2020.json"
HEADS = ("principal", "party_secretary")


@pytest.fixture(scope="module")
def bundled() -> Scenario:
    return load(BUNDLED).model_copy(update={"admission": None})


def solved(scenario: Scenario) -> tuple[Outcome, PartOutcome]:
    outcome = solve_scenario(scenario)
    part = outcome.part("staffing")
    assert part.status == "optimal"
    assert part.audit.clean
    assert all(tier.proven for tier in part.tiers)
    return outcome, part


def tier(part: PartOutcome, name: str) -> float:
    return next(t.value for t in part.tiers if t.name == name)


def undecided(county: County, moves: tuple[Move, ...]) -> dict[str, Move]:
    """Moves of heads that no pin and no round sends there, by teacher, from the records alone."""
    sent = {(t.id, p.campus) for t in county.teachers for p in t.pins if p.kind == "goes"}
    sent |= {(a.teacher, a.campus) for held in county.rounds for a in held.appointments}
    role = {t.id: t.role for t in county.teachers}
    return {
        m.teacher: m
        for m in moves
        if role[m.teacher] in HEADS
        and m.ground != "return"
        and (m.teacher, m.destination.split(".")[0]) not in sent
    }


def whole_years(since: str, until: str) -> int:
    (y, m), (year, month) = (map(int, text.split("-")) for text in (since, until))
    return (12 * (year - y) + month - m) // 12


def written(book: bytes) -> set[object]:
    sheets = openpyxl.load_workbook(BytesIO(book), read_only=True)
    return {v for sheet in sheets for row in sheet.iter_rows(values_only=True) for v in row}


def test_heads_are_proposed_when_switched_on_and_stand_in_no_list_for_publication(bundled) -> None:
    _, plain = solved(bundled)
    assert not undecided(bundled.county, plain.plan.moves)
    on = with_rule(bundled, "staffing", {"rule": "head_lock", "firmness": "off"})
    on = with_rule(on, "staffing", {"rule": "head_term_cap", "firmness": "should"})
    outcome, part = solved(on)
    county, moves = on.county, part.plan.moves
    proposed = undecided(county, moves)
    assert proposed
    # Each school that had one principal in post has one after the moves, by unit.
    unit = {c.id: s.id for s in county.schools for c in s.campuses}
    at = {t.id: unit[t.campus] for t in county.teachers}
    leading = [t.id for t in county.teachers if t.role == "principal" and t.status == "in_post"]
    before = {at[t] for t in leading}
    at |= {m.teacher: unit[m.destination.split(".")[0]] for m in moves}
    after = Counter(at[t] for t in leading)
    assert {school: after[school] for school in before} == dict.fromkeys(before, 1)
    # Nobody leaves before three years, which is what the rule asks for; who is due leaves, but
    # for those the audit names.
    left = {m.teacher for m in moves if unit[m.origin.split(".")[0]] != at[m.teacher]}
    served = {t.id: whole_years(t.entered_school, county.as_of) for t in county.teachers}
    heads = {t.id for t in county.teachers if t.role in HEADS and t.employment != "private"}
    (due,) = (v.readings for v in part.audit.verdicts if v.rule == "head_term_cap")
    missed = {r.where: r.sense for r in due if not r.kept}
    assert {t for t, sense in missed.items() if sense == "<="} == {
        t for t in heads & left if served[t] < 3
    }
    assert all(served[t] >= 10 and t not in left for t, sense in missed.items() if sense == ">=")
    assert {r.where for r in due if r.sense == ">="} >= {t for t in proposed if served[t] >= 10}
    assert set(tables.head_proposals(on, part.plan)["teacher"]) == set(proposed)
    public = tables.exchange_list(on, part.plan, publication=True)
    assert len(public) == len(moves) - len(proposed)
    names = {county.teacher[t].name for t in proposed}
    result = Result(on, outcome)
    for form in ("publication", "web"):
        for table in TABLES:
            if table.possible(result, form) and table.code != "eligibility":
                shown = set(table.of(result, form, "zh").astype(str).to_numpy().ravel())
                assert not names & shown, (form, table.code)
        assert not names & written(released_workbook(on, outcome, form))


def test_a_published_plan_is_changed_only_where_it_must_be(bundled) -> None:
    _, first = solved(bundled)
    order = ("stability", *(g for g in bundled.staffing.goals if g != "stability"))

    def again(county: County) -> tuple[Scenario, PartOutcome]:
        staffing = bundled.staffing.model_copy(update={"goals": order})
        made = bundled.model_copy(update={"county": county, "staffing": staffing})
        made = with_published(made, first.plan)
        return made, solved(made)[1]

    def there(plan: Plan) -> dict[str, str]:
        return {m.teacher: m.destination for m in plan.moves if m.ground != "return"}

    _, same = again(bundled.county)
    assert there(same.plan) == there(first.plan)
    assert tier(same, "stability") == 0
    # Three ordinary teachers of the published plan are to stay: three placements change at least.
    free = [
        m.teacher
        for m in first.plan.moves
        if m.ground == "exchange" and not bundled.county.teacher[m.teacher].backbone
    ]
    kept = set(free[:: len(free) // 3][:3])
    data = bundled.county.model_dump()
    for teacher in data["teachers"]:
        if teacher["id"] in kept:
            teacher["pins"] = ({"kind": "stays"},)
    changed, part = again(County.model_validate(data))
    was, now = there(first.plan), there(part.plan)
    otherwise = {t for t in was.keys() | now.keys() if was.get(t) != now.get(t)}
    assert kept <= otherwise
    assert not kept & now.keys()
    stability = next(t for t in part.tiers if t.name == "stability")
    assert stability.value == stability.bound == len(otherwise) == 3
    table = tables.changes(changed, part.plan)
    assert set(table["teacher"]) == otherwise
    pinned = table[table["teacher"].isin(kept)]
    assert set(pinned["against"]) == {"not_made"}
    assert set(zip(pinned["why"], pinned["because"], strict=True)) == {("excluded", "事先指定")}
