"""What tables of the county show and report: filters, folding of edits, the map; no browser."""

from typing import Any

import pytest

from allocator.modelling import Language, Text
from allocator.records.fields import Field
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables import GRIDS, Grid, grid
from allocator.ui.logic.county_tables.folding import edits_of, news, refusal
from allocator.ui.logic.county_tables.grid import choices_of, filtered, worded
from allocator.ui.logic.county_tables.rows import added, removed
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.school_map import COLOURINGS, dots, school_map
from tests.records.full import full_county


@pytest.fixture
def draft(toy: Scenario) -> Draft:
    return Draft("own/toy", toy, toy)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("shown", GRIDS, ids=lambda g: g.name)
def test_every_column_has_words_and_every_row_an_id(
    shown: Grid, lang: Language, toy: Scenario
) -> None:
    frame = shown.frame(toy, lang)
    headings = [shown.about_column(c).title.say(lang) for c in frame.columns]
    assert len(set(headings)) == len(headings)
    assert frame.index.is_unique
    told = worded(shown, frame, toy.county, lang)
    assert list(told.columns) == headings
    if len(frame):
        one = shown.frame(toy, lang, [str(frame.index[0])])
        assert worded(shown, one, toy.county, lang).equals(told.iloc[:1])


def test_teachers_are_typed_by_number_and_shown_with_their_names(toy: Scenario) -> None:
    full = toy.model_copy(update={"county": full_county()})
    rankings = grid("rankings")
    frame = rankings.frame(full, "zh")
    assert frame.loc["C2.maths", "applicants"] == "T00005、T00004"
    assert frame.loc["C2.maths", "names"] == "教师00005、教师00004"
    draft = Draft("own/toy", full, full)
    rows = [str(row) for row in frame.index]
    typed: dict[int, dict[str, Any]] = {rows.index("C2.maths"): {"applicants": "T00004，T00005"}}
    made = draft.with_each(edits_of(rankings, rows, {}, typed))
    assert not made.wrong
    assert made.scenario.county.rankings[0].applicants == ("T00004", "T00005")


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("appointments", {"round": "R1", "teacher": "T00007", "campus": "C1", "kind": None}),
        ("vetoes", {"school": "S2", "rank": None, "teacher": "T00008", "against": "leaving",
                    "reason": ""}),
        ("kinships", {"kind": "couple", "first": "T00017", "second": "T00014"}),
        ("certificates", {"teacher": "T00001", "stage": "junior", "subject": "music"}),
        ("extra_periods", {"school": None, "campus": "C2", "stage": "junior", "subject": "maths",
                           "periods": 3}),
        ("retirement", {"sex": "f", "born_from": "1990-01", "age_months": 696}),
        ("supply", {"kind": "hire", "stage": "junior", "subject": "maths", "count": 2,
                    "degree": "bachelor"}),
    ],
)  # fmt: skip
def test_what_is_agreed_is_added_by_a_form(
    name: str, answers: dict[str, Any], toy: Scenario
) -> None:
    full = toy.model_copy(update={"county": full_county()})
    shown = grid(name)
    assert shown.form is not None
    assert set(answers) == set(shown.form.fields)
    made, problem = added(Draft("own/toy", full, full), shown, answers, "zh")
    if name == "appointments":
        assert "请填写" in problem
        made, problem = added(made, shown, answers | {"kind": "transfer"}, "zh")
    assert not problem
    rows = shown.held.rows(made.scenario.county)
    assert len(rows) == len(shown.held.rows(full.county)) + 1
    assert shown.held.id_of(answers) in rows
    less, told = removed(made, shown, [shown.held.id_of(answers)], "zh")
    assert not told
    assert less.scenario == full


def test_a_veto_moved_up_stands_before_the_one_whose_rank_it_takes(toy: Scenario) -> None:
    full = toy.model_copy(update={"county": full_county()})
    draft = Draft("own/toy", full, full)
    before = [v.teacher for v in full.county.school["S1"].vetoes]
    up = draft.with_edit(Edit("cell", ("vetoes", f"S1.{before[2]}", "rank"), 1))
    vetoes = up.scenario.county.school["S1"].vetoes
    assert [v.teacher for v in vetoes] == [before[2], before[0], before[1]]
    down = draft.with_edit(Edit("cell", ("vetoes", f"S1.{before[0]}", "rank"), 3))
    vetoes = down.scenario.county.school["S1"].vetoes
    assert [v.teacher for v in vetoes] == [before[1], before[2], before[0]]


def test_only_new_cells_are_reported() -> None:
    before: dict[int, dict[str, Any]] = {0: {"points": 3}}
    now: dict[int, dict[str, Any]] = {0: {"points": 4, "role": "teacher"}, 2: {"points": 3}}
    assert list(news(before, now)) == [
        (0, "points", 4),
        (0, "role", "teacher"),
        (2, "points", 3),
    ]
    assert list(news(now, now)) == []


def test_what_was_typed_becomes_edits_of_the_rows_in_sight(toy: Scenario) -> None:
    teachers = grid("teachers")
    rows = ["T07", "T03"]
    now: dict[int, dict[str, Any]] = {
        1: {"born": "1980.5", "points": 12.0, "honours": ["city_backbone", "county_rising"]},
        0: {"school": "never edited", "volunteer": None},
    }
    made = edits_of(teachers, rows, {}, now)
    assert [(e.where[1], e.where[2], e.value) for e in made] == [
        ("T03", "born", "1980-05"),
        ("T03", "points", 12),
        ("T03", "honours", ["county_rising", "city_backbone"]),
        ("T07", "volunteer", False),
    ]
    assert "school" in teachers.frame(toy, "zh").columns


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2020-9", "2020-09"), ("2020/09", "2020-09"), ("202009", "2020-09"),
        ("2020年9月", "2020-09"), ("gestern", "gestern"), (" 2020.12 ", "2020-12"),
    ],
)  # fmt: skip
def test_months_are_read_as_people_write_them(typed: str, meant: str) -> None:
    assert Field(Text("", ""), "month").meant(typed) == meant


def test_shares_are_typed_in_per_cent() -> None:
    share = Field(Text("", ""), "percent", optional=True)
    assert share.meant(62.5) == 0.625
    assert share.shown(0.625) == 62.5
    assert share.meant(None) is None


def test_filters_leave_what_fits_and_offer_what_is_there(toy: Scenario) -> None:
    teachers = grid("teachers")
    frame = teachers.frame(toy, "zh")
    for column in teachers.filters:
        offered = choices_of(teachers, frame, column, toy.county, "zh")
        parts = [filtered(teachers, frame, {column: v}, "", toy.county, "zh") for v in offered]
        assert sum(map(len, parts)) == len(frame)
        assert all(len(part) for part in parts)
    who = toy.county.teachers[3]
    found = filtered(teachers, frame, {}, who.id, toy.county, "zh")
    assert who.id in found.index


def test_a_switch_leaves_posts_that_are_over_or_short(toy: Scenario) -> None:
    posts = grid("posts")
    frame = posts.frame(toy, "zh")
    left = filtered(posts, frame, {}, "", toy.county, "zh", marked=True)
    assert 0 < len(left) < len(frame)
    assert ((left["over"] > 0) | (left["short"] > 0)).all()


def test_a_row_is_added_by_its_form_or_told_why_not(draft: Draft) -> None:
    zones = grid("zones")
    made, problem = added(draft, zones, {"id": "Z9", "name": "新片区"}, "zh")
    assert not problem
    assert made.scenario.county.zones[-1].id == "Z9"
    again, problem = added(made, zones, {"id": "Z9", "name": "别的"}, "zh")
    assert again is made
    assert "已在表中" in problem
    same, problem = added(draft, zones, {"id": "Z8", "name": ""}, "zh")
    assert same is draft
    assert "请填写" in problem
    bad, problem = added(draft, zones, {"id": "片区", "name": "片区"}, "zh")
    assert bad is draft
    assert "代码" in problem


def test_a_school_is_added_with_its_campus(draft: Draft) -> None:
    answers = {
        "id": "S99", "name": "新学校", "campus": "C99", "stages": "both", "classes": 2,
        "township": draft.saved.county.townships[0].id, "pupils": 900, "private": False,
        "opened": None,
    }  # fmt: skip
    made, problem = added(draft, grid("schools"), answers, "zh")
    assert not problem
    places = made.scenario.county.places_of_school["S99"]
    assert [p.id for p in places] == ["C99.junior", "C99.primary"]
    assert sum(sum(p.section.classes) for p in places) == 18


def test_every_form_asks_for_what_its_record_needs(draft: Draft) -> None:
    county = draft.saved.county
    answers: dict[str, Any] = {
        "id": "NEW1", "name": "新", "name_en": "New", "primary_load": 14, "junior_load": 12,
        "arts_or_pe": False, "kind": "town", "area_class": "rural", "zone": county.zones[0].id,
        "latitude": 30.1, "longitude": 121.2, "minutes": 9, "places": 100, "quality": True,
    }  # fmt: skip
    for name in ("subjects", "townships", "senior_highs", "groups"):
        form = grid(name).form
        assert form is not None
        asked = {code: answers[code] for code in form.fields}
        made, problem = added(draft, grid(name), asked, "zh")
        assert not problem, name
        assert len(made.edits) == 1
    ends = [t.id for t in county.townships]
    way = {"from": ends[0], "to": ends[-1], "minutes": 7}
    made, problem = added(draft, grid("roads"), way, "zh")
    assert not problem or "已在表中" in problem


def test_rows_still_needed_stay_and_say_so(draft: Draft) -> None:
    township = draft.saved.county.townships[0]
    made, problems = removed(draft, grid("townships"), [township.id], "zh")
    assert made.scenario is draft.scenario
    assert not made.wrong
    assert township.name in problems[0]
    assert "处用到它" in problems[0]


def test_a_refused_cell_says_where_what_and_how(draft: Draft) -> None:
    who = draft.saved.county.teachers[0]
    where = ("teachers", who.id, "points")
    wrong = draft.with_edit(Edit("cell", where, -3))
    cell, reason = refusal(where, wrong.wrong[where], wrong, "zh")
    assert who.name in cell
    assert "核定积分" in cell
    assert "-3" in cell
    assert "不得小于 0" in reason


@pytest.mark.parametrize("colouring", COLOURINGS)
@pytest.mark.parametrize("staffed", [True, False])
def test_every_campus_is_on_the_map_once(colouring: Any, staffed: bool, toy: Scenario) -> None:
    scenario = toy if staffed else toy.model_copy(update={"staffing": None})
    spec = school_map(scenario, colouring, "zh", dark=True)
    assert spec is not None
    points = [d["name"] for s in spec["series"] if s.get("tooltip") for d in s["data"]]
    assert sorted(points) == sorted(d.name for d in dots(scenario))
    named = [d["name"] for d in spec["series"][0]["data"]]
    assert named == [t.name for t in toy.county.townships]
    for axis, n in (("xAxis", 0), ("yAxis", 1)):
        for s in spec["series"]:
            for item in s["data"]:
                assert spec[axis]["min"] <= item["value"][n] <= spec[axis]["max"]
    tips = [s["tooltip"]["formatter"] for s in spec["series"] if s.get("tooltip")]
    assert all(("岗位" in tip) == staffed for tip in tips)
