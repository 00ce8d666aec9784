"""Tables of the county: nested records, what stands beside a record, values that cannot be."""

from typing import Any

import pytest

from allocator.county.corrections import Correction
from allocator.county.county import County
from allocator.county.decisions import Veto
from allocator.records.tables import TABLES, table
from allocator.scenario import Scenario
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit


@pytest.fixture
def draft(toy: Scenario) -> Draft:
    return Draft("own/toy", toy, toy)


def _cell(name: str, row: str, column: str, value: Any) -> Edit:
    return Edit("cell", (name, row, column), value)


def _county(draft: Draft) -> County:
    return draft.scenario.county


def _section(draft: Draft) -> str:
    """A primary section of the toy county."""
    return next(p.id for p in _county(draft).places.values() if p.stage == "primary")


@pytest.mark.parametrize("held", TABLES, ids=lambda t: t.name)
def test_every_row_of_a_table_gives_its_cells(held: Any, toy: Scenario) -> None:
    for row, cells in list(held.rows(toy.county).items())[:5]:
        assert held.cell(toy.county, row, "id") == row
        for column in held.fields:
            assert held.cell(toy.county, row, column) == cells.get(column)


@pytest.mark.parametrize("held", TABLES, ids=lambda t: t.name)
def test_typing_what_stands_there_changes_nothing(held: Any, draft: Draft) -> None:
    county = _county(draft)
    edits = [
        _cell(held.name, row, column, held.cell(county, row, column))
        for row in list(held.rows(county))[:3]
        for column, about in held.fields.items()
        if not about.fixed
    ]
    made = draft.with_each(edits)
    assert not made.wrong
    assert made.edits == ()
    assert made.scenario == draft.saved


def test_classes_of_one_grade_are_a_cell(draft: Draft) -> None:
    section = _section(draft)
    before = _county(draft).places[section].section
    made = draft.with_edit(_cell("sections", section, "classes_2", 9))
    after = _county(made).places[section].section
    assert after.classes == (before.classes[0], 9, *before.classes[2:])
    assert after.pupils == before.pupils
    assert table("sections").cell(_county(made), section, "classes_2") == 9


def test_a_primary_section_has_no_ninth_grade(draft: Draft) -> None:
    section = _section(draft)
    made = draft.with_edit(_cell("sections", section, "classes_9", 2))
    assert made.scenario is draft.scenario
    assert "no grade" in made.wrong["sections", section, "classes_9"].problem.text
    assert table("sections").cell(_county(draft), section, "classes_9") is None


def test_facilities_are_cells_of_the_section(draft: Draft) -> None:
    section = _section(draft)
    made = draft.with_edit(_cell("sections", section, "floor_area", 1234.5))
    assert _county(made).places[section].section.facilities.floor_area == 1234.5
    emptied = made.with_edit(_cell("sections", section, "floor_area", None))
    assert _county(emptied).places[section].section.facilities.floor_area is None


def test_a_campus_moves_to_another_township(draft: Draft) -> None:
    county = _county(draft)
    campus = county.schools[0].campuses[0]
    other = next(t.id for t in county.townships if t.id != campus.township)
    made = draft.with_edit(_cell("campuses", campus.id, "township", other))
    assert _county(made).schools[0].campuses[0].township == other
    wrong = made.with_edit(_cell("campuses", campus.id, "township", "nowhere"))
    assert wrong.scenario is made.scenario


def test_a_campus_and_a_section_are_added_and_removed(draft: Draft) -> None:
    school = _county(draft).schools[0]
    section = {"stage": "primary", "classes": [1] * 6, "pupils": 200}
    record = {
        "id": "NEW",
        "name": "新校区",
        "school": school.id,
        "township": school.campuses[0].township,
        "sections": [section],
    }
    made = draft.with_edit(Edit("add", ("campuses", "NEW"), record))
    assert [c.id for c in _county(made).school[school.id].campuses][-1] == "NEW"
    junior = {
        "school": school.id, "campus": "NEW", "stage": "junior", "classes": [1, 1, 1],
        "pupils": 120,
    }  # fmt: skip
    both = made.with_edit(Edit("add", ("sections", "NEW.junior"), junior))
    assert _county(both).places["NEW.junior"].section.pupils == 120
    alone = both.with_edit(Edit("remove", ("sections", "NEW.primary")))
    assert "NEW.primary" not in _county(alone).places
    gone = alone.with_edit(Edit("remove", ("campuses", "NEW")))
    assert not gone.wrong
    assert _county(gone).schools == draft.saved.county.schools


def test_the_last_campus_of_a_school_stays(draft: Draft) -> None:
    school = next(s for s in _county(draft).schools if len(s.campuses) == 1)
    made = draft.with_edit(Edit("remove", ("campuses", school.campuses[0].id)))
    assert made.scenario is draft.scenario
    assert "remove the school" in next(iter(made.wrong.values())).problem.text


def test_a_school_with_teachers_is_not_removed(draft: Draft) -> None:
    school = _county(draft).home(_county(draft).teachers[0]).school
    made = draft.with_edit(Edit("remove", ("schools", school.id)))
    assert made.scenario is draft.scenario
    problem = made.wrong["schools", school.id].problem
    assert "still named" in problem.text
    assert problem.details["number"] >= 1


def test_posts_are_agreed_with_a_reason_and_taken_back(draft: Draft) -> None:
    place, subject = _county(draft).places[_section(draft)], _county(draft).subjects[0].id
    school = place.school
    row = f"{school.id}.primary.{subject}"
    early = draft.with_edit(_cell("posts", row, "reason", "试点"))
    assert early.wrong
    made = early.with_edit(_cell("posts", row, "posts", 4))
    assert not made.wrong, "the reason is tried again once there are posts"
    agreed = next(
        p
        for p in _county(made).school[school.id].agreed_posts
        if (p.stage, p.subject) == ("primary", subject)
    )
    assert (agreed.posts, agreed.reason) == (4, "试点")
    assert made.undo().undo().scenario == draft.saved
    none = made.with_edit(_cell("posts", row, "posts", None))
    assert table("posts").cell(_county(none), row, "posts") is None
    assert table("posts").cell(_county(none), row, "reason") == ""


def test_a_negative_number_of_posts_is_told(draft: Draft) -> None:
    school, subject = _county(draft).schools[0].id, _county(draft).subjects[0].id
    made = draft.with_edit(_cell("posts", f"{school}.primary.{subject}", "posts", -1))
    assert "too small" in next(iter(made.wrong.values())).problem.text


def test_a_standing_is_corrected_by_one_cell(draft: Draft) -> None:
    who = next(id for id, s in _county(draft).standings.items() if s.status != "not_now")
    made = draft.with_edit(_cell("corrections", who, "status", "not_now"))
    made = made.with_edit(_cell("corrections", who, "ground", "medical"))
    assert _county(made).corrections == (
        Correction(teacher=who, status="not_now", ground="medical"),
    )
    assert _county(made).standings[who].status == "not_now"
    back = made.with_edit(_cell("corrections", who, "status", None))
    assert _county(back).corrections == ()
    assert draft.with_edit(_cell("corrections", who, "note", "核实")).wrong


def test_a_pin_is_one_cell_and_leaves_the_others(draft: Draft) -> None:
    county = _county(draft)
    who = next(t for t in county.teachers if not t.pins)
    own = county.home(who).campus.id
    others = [p.campus.id for p in county.places.values() if p.stage == who.stage]
    first = next(c for c in others if c != own)
    made = draft.with_edit(_cell("teachers", who.id, "pin", first))
    made = made.with_edit(_cell("teachers", who.id, "not_to", [own]))
    pins = _county(made).teacher[who.id].pins
    assert [(p.kind, p.campus) for p in pins] == [("goes", first), ("not_to", own)]
    stays = made.with_edit(_cell("teachers", who.id, "pin", "stays"))
    assert table("teachers").cell(_county(stays), who.id, "pin") == "stays"
    free = stays.with_edit(_cell("teachers", who.id, "pin", None))
    assert [p.kind for p in _county(free).teacher[who.id].pins] == ["not_to"]
    clash = made.with_edit(_cell("teachers", who.id, "not_to", [first]))
    assert "contradict" in clash.wrong["teachers", who.id, "not_to"].problem.text


def test_a_teacher_leaves_with_what_is_recorded_of_the_person(draft: Draft) -> None:
    county = _county(draft)
    who, other = (t.id for t in county.teachers[:2])
    school = county.home(county.teacher[who]).school
    kinship = {"kind": "couple", "between": [who, other]}
    named = County.model_validate(
        {
            **county.model_dump(mode="json"),
            "kinships": [kinship],
            "corrections": [{"teacher": who, "status": "not_now"}],
        }
    )
    vetoed = school.model_copy(update={"vetoes": (Veto(teacher=who, against="leaving"),)})
    named = named.model_copy(
        update={"schools": tuple(vetoed if s.id == school.id else s for s in named.schools)}
    )
    scenario = draft.saved.model_copy(update={"county": named})
    before = Draft(draft.key, scenario, scenario)
    made = before.with_edit(Edit("remove", ("teachers", who)))
    assert not made.wrong
    after = _county(made)
    assert who not in after.teacher
    assert not after.kinships
    assert not after.corrections
    assert not after.school[school.id].vetoes
    assert made.undo().scenario == scenario


def test_graded_posts_and_figures_lie_inside_the_school(draft: Draft) -> None:
    school = _county(draft).junior_highs[0].id
    made = draft.with_edit(_cell("schools", school, "posts_senior", 1))
    assert table("schools").cell(_county(made), school, "posts_senior") == 1
    record = {"school": school, "name": "困难学生", "amount": 12}
    made = made.with_edit(Edit("add", ("figures", f"{school}.困难学生"), record))
    assert not made.wrong
    assert float(_county(made).school[school].figures[0].amount) == 12
    less = made.with_edit(Edit("remove", ("figures", f"{school}.困难学生")))
    assert _county(less).school[school].figures == ()


def test_past_places_and_lots_have_rows_of_their_own(draft: Draft) -> None:
    county = _county(draft)
    high, junior = county.senior_highs[0].id, county.junior_highs[0].id
    row = f"2019.{high}.{junior}"
    record = {"year": 2019, "senior_high": high, "junior_high": junior, "places": 9}
    made = draft.with_edit(Edit("add", ("past_quotas", row), record))
    made = made.with_edit(_cell("past_quotas", row, "filled", 8))
    assert not made.wrong
    assert _county(made).past_quotas[0].filled == 8
    lot = {"order": [junior], "drawn_by": "甲", "on": "2020-05", "senior_high": None}
    made = made.with_edit(Edit("add", ("quota_lots", "all"), lot))
    assert _county(made).quota_lots[0].order == (junior,)


def test_roads_and_speed_belong_to_travel(draft: Draft) -> None:
    one, two = sorted(t.id for t in _county(draft).townships)[:2]
    row = f"{one}+{two}"
    if table("roads").cell(_county(draft), row, "id") is None:
        record = {"between": [two, one], "minutes": 30}
        draft = draft.with_edit(Edit("add", ("roads", row), record))
    made = draft.with_edit(_cell("roads", row, "minutes", 44))
    made = made.with_edit(_cell("travel", "travel", "local_speed", 50.0))
    travel = _county(made).travel
    assert [r.minutes for r in travel.roads if set(r.between) == {one, two}] == [44]
    assert travel.local_speed == 50
    assert made.with_edit(_cell("travel", "travel", "detour", 9.0)).wrong


def test_terms_of_service_change_who_is_due(draft: Draft) -> None:
    made = draft.with_edit(_cell("service", "service", "years_at_school", 1))
    due = [s for s in _county(made).standings.values() if s.status == "due"]
    before = [s for s in _county(draft).standings.values() if s.status == "due"]
    assert len(due) > len(before)
    assert [e.where for e in made.edits] == [("service", "service", "years_at_school")]


def test_many_cells_are_taken_at_once_and_bad_ones_stand_alone(draft: Draft) -> None:
    teachers = [t.id for t in _county(draft).teachers]
    edits = [_cell("teachers", t, "points", n) for n, t in enumerate(teachers)]
    edits[3] = _cell("teachers", teachers[3], "points", -1)
    edits[7] = _cell("teachers", teachers[7], "subject", "alchemy")
    made = draft.with_each(edits)
    assert set(made.wrong) == {
        ("teachers", teachers[3], "points"),
        ("teachers", teachers[7], "subject"),
    }
    assert len(made.edits) == len(teachers) - 2


def test_two_cells_good_only_together_are_both_taken(draft: Draft) -> None:
    section = _section(draft)
    pupils = _county(draft).places[section].section.pupils
    early = draft.with_edit(_cell("sections", section, "registered_graduates", 5))
    assert early.wrong
    made = early.with_edit(_cell("sections", section, "graduates", 6))
    assert not made.wrong
    assert _county(made).places[section].section.registered_graduates == 5
    assert _county(made).places[section].section.pupils == pupils
