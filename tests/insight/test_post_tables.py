"""Tables of posts on the toy county, before and after a plan written by hand.

T6 (music) is transferred from S1 to S2 and takes the post along; T10 (maths) is seconded from S2
to S3 and leaves it. Chinese, maths and music hold posts and people as in ``test_posts.py``.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from allocator.county.people import RunningTerm
from allocator.county.plan import Move, Plan, Supply
from allocator.county.supply import SupplyOffer
from allocator.insight import tables
from allocator.samples import toy_scenario
from allocator.scenario import Scenario
from allocator.staffing.decode import teaching, today

MOVES = tuple(
    Move(teacher=who, origin=origin, destination=to, kind=kind, ground="exchange", start="2020-09")
    for who, origin, to, kind in (
        ("T00006", "C1.junior", "C2.junior", "transfer"),
        ("T00010", "C2.junior", "C3.junior", "secondment"),
    )
)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return toy_scenario()


@pytest.fixture(scope="module")
def plan(scenario: Scenario) -> Plan:
    county = scenario.county
    serving = {t.id: county.home(t) for t in county.teachers}
    serving |= {m.teacher: county.places[m.destination] for m in MOVES}
    return Plan(moves=MOVES, teaching=teaching(county, serving))


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return list(table[list(columns)].itertuples(index=False, name=None))


def test_a_transfer_moves_over_and_short_and_a_secondment_does_not(scenario, plan) -> None:
    table = tables.posts(scenario, plan).set_index(["school_id", "subject_id"])
    numbers = ["posts", "in_post_before", "over_before", "short_before", "in_post_after",
               "over_after", "short_after"]  # fmt: skip

    def told(school: str, subject: str) -> list[int]:
        return table.loc[(school, subject), numbers].tolist()

    assert told("S1", "music") == [1, 2, 1, 0, 1, 0, 0]
    assert told("S2", "music") == [1, 0, 0, 1, 1, 0, 0]
    assert told("S2", "maths") == [1, 2, 1, 0, 2, 1, 0]
    assert told("S3", "maths") == [1, 0, 0, 1, 0, 0, 1]
    assert table.loc[("S2", "maths"), "long_sick"] == 1
    assert table.loc[("S4", "music"), "agreed"] == 1
    assert pd.isna(table.loc[("S1", "music"), "agreed"])
    assert table["full_loads"].iloc[0] == 1.5
    sums = table[["over_before", "short_before", "over_after", "short_after"]].sum()
    assert sums.tolist() == [4, 7, 3, 6]


def test_a_post_that_leaves_or_enters_a_subject_nobody_needs_keeps_both_sides(scenario) -> None:
    # Nothing is taught at S6 any more: its only line is the teacher who moves to S5.
    toy = scenario.county
    section = toy.school["S6"].campuses[0].sections[0]
    section = section.model_copy(update={"classes": (0,) * 6, "pupils": 0})
    campus = toy.school["S6"].campuses[0].model_copy(update={"sections": (section,)})
    closed = toy.school["S6"].model_copy(update={"campuses": (campus,)})
    schools = tuple(closed if s.id == "S6" else s for s in toy.schools)
    made = scenario.model_copy(update={"county": toy.model_copy(update={"schools": schools})})
    gone = Move(teacher="T00018", origin="C6.primary", destination="C5.primary", kind="transfer",
                ground="surplus", start="2020-09")  # fmt: skip
    table = tables.posts(made, Plan(moves=(gone,)))
    columns = ("subject_id", "posts", "in_post_before", "over_before", "in_post_after",
               "over_after")  # fmt: skip
    assert rows(table[table["school_id"] == "S6"], *columns) == [("maths", 0, 1, 1, 0, 0)]


def test_schools_show_their_establishment_before_and_after(scenario, plan) -> None:
    table = tables.school_posts(scenario, plan).set_index("school_id")
    assert table.loc["S1", ["establishment", "non_teaching", "posts", "beyond"]].tolist() == [
        8, 1, 7, 0,
    ]  # fmt: skip
    assert table["on_establishment_before"].tolist() == [7, 3, 1, 2, 4, 1]
    assert table["on_establishment_after"].tolist() == [6, 4, 1, 2, 4, 1]
    free = table[["free_before", "free_after"]]
    assert free.loc[["S1", "S2", "S4", "S5"]].values.tolist() == [[0, 1], [1, 0], [0, 0], [0, 0]]
    assert free.loc["S3"].isna().all()
    assert table["above_after"].tolist()[4] == 1
    assert table.loc["S4", "beyond"] == 1
    assert table["seconded_out_after"].tolist() == [0, 1, 0, 0, 0, 0]
    assert table["seconded_in_after"].tolist() == [0, 0, 1, 0, 0, 0]
    assert table["seconded_out_before"].sum() == table["seconded_in_before"].sum() == 0
    assert table.loc["S1", ["senior_posts", "senior_after", "junior_posts", "junior_after"]].tolist(
    ) == [2, 0, 2, 6]  # fmt: skip


def test_an_earlier_term_is_seconded_before_and_after(scenario) -> None:
    toy = scenario.county
    term = RunningTerm(home="C2", started="2019-08", ends="2022-07")
    people = tuple(
        t.model_copy(update={"running_term": term}) if t.id == "T00011" else t for t in toy.teachers
    )
    made = scenario.model_copy(update={"county": toy.model_copy(update={"teachers": people})})
    table = tables.school_posts(made, today(made.county)).set_index("school_id")
    for when in ("before", "after"):
        assert table.loc["S2", [f"on_establishment_{when}", f"seconded_out_{when}"]].tolist() == [
            4, 1,
        ]  # fmt: skip
        assert table.loc["S3", f"seconded_in_{when}"] == 1


def test_the_vacancy_bulletin_lists_what_is_left_with_the_worst_first(scenario, plan) -> None:
    # Maths at S2: T9 is ill and T10 away, so all fifteen periods are open, yet no post is short.
    table = tables.vacancies(scenario, plan)
    columns = ("school_id", "subject_id", "posts", "in_post_after", "short_after",
               "uncovered_after")  # fmt: skip
    assert rows(table, *columns) == [
        ("S2", "chinese", 2, 1, 1, 5),
        ("S6", "chinese", 1, 0, 1, 5),
        ("S4", "music", 1, 0, 1, 4),
        ("S3", "music", 1, 0, 1, 2),
        ("S1", "maths", 3, 2, 1, 0),
        ("S3", "maths", 1, 0, 1, 0),
        ("S2", "maths", 1, 2, 0, 15),
        ("S6", "music", 0, 0, 0, 2),
    ]
    assert table["free_after"].fillna(-1).tolist() == [0, 0, 0, -1, 1, -1, 0, 0]


def test_recruitment_takes_the_larger_reading(scenario, plan) -> None:
    table = tables.recruitment(scenario, plan)
    columns = ("stage", "subject_id", "over_after", "short_after", "uncovered_after",
               "loads_after", "recruits")  # fmt: skip
    assert rows(table, *columns) == [
        ("primary", "chinese", 1, 1, 5, 1, 1),
        ("primary", "music", 0, 0, 2, 1, 1),  # no post is short, a quarter of a load is open
        ("junior", "chinese", 0, 1, 5, 1, 1),
        ("junior", "maths", 1, 2, 15, 2, 2),
        ("junior", "music", 0, 2, 6, 1, 2),
    ]


def test_names_follow_the_language_and_the_periods_table(scenario, plan) -> None:
    assert tables.recruitment(scenario, plan, "en")["subject"].tolist()[0] == "Chinese"
    turned = scenario.county.model_copy(update={"subjects": scenario.county.subjects[::-1]})
    made = scenario.model_copy(update={"county": turned})
    assert tables.recruitment(made, plan)["subject_id"].tolist() == [
        "music", "chinese", "music", "maths", "chinese",
    ]  # fmt: skip


def test_a_plan_looked_up_once_serves_every_table(scenario, plan) -> None:
    seen = tables.before_after(scenario, plan)
    for table in (tables.posts, tables.school_posts, tables.vacancies, tables.recruitment):
        assert table(scenario, seen).equals(table(scenario, plan))


def test_a_county_without_public_schools_gives_empty_tables_with_all_columns(scenario) -> None:
    toy = scenario.county
    schools = tuple(s.model_copy(update={"private": True}) for s in toy.schools)
    county = toy.model_copy(update={"schools": schools, "teachers": ()})
    made = scenario.model_copy(update={"county": county})
    for table in (tables.posts, tables.school_posts, tables.vacancies, tables.recruitment):
        assert table(made, Plan()).empty
        assert list(table(made, Plan()).columns) == list(table(scenario, Plan()).columns)


def test_a_hire_fills_a_post_and_a_reserve_teacher_only_teaches(scenario) -> None:
    # S4 is short of its one agreed post for music, and its 4 periods are not taught
    kinds = ("hire", "reserve")
    offers = tuple(SupplyOffer(kind=k, stage="junior", subject="music", count=1) for k in kinds)
    county = scenario.county.model_copy(update={"supply": offers})
    with_offers = scenario.model_copy(update={"county": county})
    now = today(county)
    for kind, short in (("hire", 0), ("reserve", 1)):
        placed = Supply(section="C4.junior", subject="music", kind=kind, count=1)
        plan = now.model_copy(update={"supply": (placed,)})
        at = tables.posts(with_offers, plan).set_index(["school_id", "subject_id"])
        assert at.loc[("S4", "music"), "short_after"] == short
        free = tables.vacancies(with_offers, plan).set_index(["school_id", "subject_id"])
        assert (("S4", "music") in free.index) == bool(short)
        if short:
            assert free.loc[("S4", "music"), "uncovered_after"] == 0
        schools = tables.school_posts(with_offers, plan).set_index("school_id")
        assert schools.loc["S4", "on_establishment_after"] == 3 - short
