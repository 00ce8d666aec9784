"""Cycles of moves between schools, on three junior highs A, B and D."""

from __future__ import annotations

import networkx as nx
import pytest

from allocator.county.plan import Move, Plan
from allocator.insight.swap_cycles import swap_cycles
from allocator.scenario import Scenario
from tests.insight import small_county as small

HOME = {1: "A", 2: "A", 3: "A", 6: "B", 7: "B", 8: "D", 5: "A", 9: "B"}
"""Teachers by number; 5 and 9 teach music, the others Chinese."""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    schools = [small.school(id, "W", "junior", 1, 100, (30, 30)) for id in ("A", "B", "D")]
    people = [
        small.teacher(n, f"{home}1", "junior", "music" if n in (5, 9) else "chinese")
        for n, home in HOME.items()
    ]
    return small.scenario(schools=schools, teachers=people, travel={})


def plan(**to: str) -> Plan:
    """Teachers, as ``T1``, and the schools they go to."""
    return Plan(
        moves=tuple(
            Move(
                teacher=t,
                origin=f"{HOME[int(t[1:])]}1.junior",
                destination=f"{school}1.junior",
                kind="secondment",
                ground="exchange",
                start="2020-09",
                years=3,
            )
            for t, school in to.items()
        )
    )


def found(scenario: Scenario, **to: str) -> list[tuple[int, str, str]]:
    table = swap_cycles(scenario, plan(**to), "en")
    return list(
        zip(table["cycle_length"], table["cycle_schools"], table["cycle_people"], strict=True)
    )


def test_two_who_change_places_are_a_cycle(scenario: Scenario) -> None:
    assert found(scenario, T1="B", T6="A") == [(2, "A校 → B校 → A校", "教师1 (T1), 教师6 (T6)")]


def test_three_schools_in_a_ring_are_one_cycle(scenario: Scenario) -> None:
    assert found(scenario, T1="B", T6="D", T8="A") == [
        (3, "A校 → B校 → D校 → A校", "教师1 (T1), 教师6 (T6), 教师8 (T8)")
    ]


def test_a_chain_that_does_not_close_is_none(scenario: Scenario) -> None:
    assert found(scenario, T1="B", T6="D") == []


def test_subjects_are_not_mixed(scenario: Scenario) -> None:
    assert found(scenario, T5="B", T6="A") == []
    assert [n for n, *_ in found(scenario, T5="B", T9="A")] == [2]


def test_no_move_stands_in_two_cycles_and_short_ones_come_first(scenario: Scenario) -> None:
    # T1 could close a ring with T7 and T8 as well: T6 is nearer. T2 is left over, or T1 is.
    assert [n for n, *_ in found(scenario, T1="B", T6="A", T7="D", T8="A")] == [2]
    assert [n for n, *_ in found(scenario, T1="B", T2="B", T6="A", T7="D", T8="A")] == [2, 3]


def test_what_is_left_after_all_cycles_has_none(scenario: Scenario) -> None:
    sent = {"T1": "B", "T2": "D", "T3": "B", "T6": "A", "T7": "D", "T8": "B"}
    people = list(swap_cycles(scenario, plan(**sent))["cycle_people"])
    in_cycles = {t for t in sent if any(f"（{t}）" in named for named in people)}
    assert "T6" in in_cycles
    left = [(HOME[int(t[1:])], to) for t, to in sent.items() if t not in in_cycles]
    assert nx.is_directed_acyclic_graph(nx.DiGraph(left))


def test_nobody_moved_gives_the_columns(scenario: Scenario) -> None:
    table = swap_cycles(scenario, Plan())
    assert table.empty
    assert "cycle_schools" in table
