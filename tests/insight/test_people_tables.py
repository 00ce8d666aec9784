"""The eligibility list and the ties of the small county, counted by hand."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from allocator.county.people import Ground, Teacher
from allocator.county.service import Reason
from allocator.county.ties import TieDecision
from allocator.insight import tables
from allocator.insight import vocabulary as words
from allocator.insight.headings import COLUMNS
from allocator.scenario import Scenario
from tests.insight import small_county as small


def varied(changes: dict[int, dict[str, Any]], **more: Any) -> Scenario:
    """The small county with some teachers changed, by number."""
    teachers = tuple(
        Teacher.model_validate(t.model_dump() | changes.get(int(t.id[1:]), {}))
        for t in small.county().teachers
    )
    return small.scenario(teachers=teachers, **more)


# June 2020; born 1980-01, at work since 2003-09, at the school since 2010-09.
PEOPLE: dict[int, dict[str, Any]] = {
    2: {"exemptions": ("medical",)},
    3: {"entered_school": "2018-09", "points": "12.5"},
    4: {"role": "principal", "born": "1963-01", "entered_work": "1985-09"},  # retires in 2018-01
    8: {"status": "out_of_county"},
}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    corrected = {"teacher": "T6", "status": "not_now", "ground": "flagship", "note": "附注"}
    return varied(PEOPLE, corrections=(corrected,))


def test_the_list_has_a_row_a_teacher_with_reason_month_and_points(scenario) -> None:
    table = tables.eligibility(scenario, internal=True)
    assert table["teacher"].tolist() == [f"T{n}" for n in range(1, 10)]
    columns = ["school", "standing", "standing_reason", "exemption", "since", "eligible", "points"]
    found = {r["teacher"]: tuple(r[c] for c in columns) for r in table.to_dict("records")}
    none = None
    assert {t: tuple(v if v == v else none for v in row) for t, row in found.items()} == {
        "T1": ("A校", "due", "long_service", none, "2016-09", True, 9.0),
        "T2": ("A校", "not_now", "medical", "medical", none, True, 9.0),
        "T3": ("A校", "may", "short_service", none, "2024-09", False, 12.5),
        "T4": ("A校", "not_now", "near_retirement", "near_retirement", "2018-01", False, 9.0),
        "T5": ("A校", "due", "long_service", none, "2016-09", True, 9.0),
        "T6": ("B校", "not_now", "corrected", "flagship", none, True, 9.0),
        "T7": ("C校", "due", "long_service", none, "2016-09", True, 9.0),
        "T8": ("C校", "not_now", "out_of_county", none, none, False, 9.0),
        "T9": ("C校", "due", "long_service", none, "2016-09", True, 9.0),
    }
    first = table.iloc[0]
    assert (first["township"], first["stage"], first["subject"]) == ("西街道", "junior", "语文")
    assert (first["years_at_school"], first["age"]) == (9, 40)


def test_outside_the_personnel_section_nothing_tells_why(scenario) -> None:
    for lang, said in (("zh", "符合暂不交流规定"), ("en", "meets the rules for not moving now")):
        table = tables.eligibility(scenario, lang)
        hidden = table[table["standing"] == "not_now"]
        assert hidden["teacher"].tolist() == ["T2", "T4", "T6", "T8"]
        assert hidden[["exemption", "since"]].isna().all().all()
        shown = tables.headed(hidden, lang)
        assert set(shown[COLUMNS["standing_reason"].title.say(lang)]) == {said}
        assert len(set(shown[COLUMNS["standing_rule"].title.say(lang)])) == 1
        open_rows = table[table["standing"] != "not_now"]
        inside = tables.eligibility(scenario, lang, internal=True)
        kept = inside[inside["standing"] != "not_now"]
        assert open_rows["since"].tolist() == kept["since"].tolist()


def test_a_note_of_a_correction_is_in_no_table(scenario) -> None:
    table = tables.eligibility(scenario, internal=True)
    assert not [v for row in table.to_numpy().tolist() for v in row if v == "附注"]


def test_schools_are_counted_and_private_ones_left_out(scenario) -> None:
    table = tables.eligibility_by_school(scenario)
    counted = ["listed", "due", "may", "not_now", "eligible_people"]
    assert table["school"].tolist() == ["A校", "B校", "C校"]
    assert table[counted].to_numpy().tolist() == [[5, 2, 1, 2, 3], [1, 0, 0, 1, 1], [3, 2, 0, 1, 2]]
    schools = [s.model_copy(update={"private": s.id == "B"}) for s in scenario.county.schools]
    private = varied({6: {"employment": "private"}}, schools=tuple(schools))
    assert tables.eligibility_by_school(private)["school"].tolist() == ["A校", "C校"]
    assert "T6" not in set(tables.eligibility(private)["teacher"])


def test_the_order_of_the_roster_changes_nothing(scenario) -> None:
    county = scenario.county
    turned = county.model_copy(
        update={"teachers": county.teachers[::-1], "schools": county.schools[::-1]}
    )
    other = scenario.model_copy(update={"county": turned})
    assert tables.eligibility(other).equals(tables.eligibility(scenario))
    assert tables.eligibility_by_school(other).equals(tables.eligibility_by_school(scenario))


# Ties: T2, T3 and T4 teach Chinese at A and are alike in all a rule looks at

GOES = small.Plan(moves=(small.move(2),))


def lot(*numbers: int) -> TieDecision:
    order = tuple(f"T{n}" for n in numbers)
    return TieDecision(order=order, settled_by="lot", name="示例人员", on="2020-06")


def test_a_tie_where_some_go_is_listed_as_open() -> None:
    table = tables.ties(small.scenario(), GOES)
    assert len(table) == 1
    row = table.iloc[0].to_dict()
    assert (row["school"], row["stage"], row["subject"]) == ("A校", "junior", "语文")
    assert row["points"] == 9
    assert row["tied"] == "教师2（T2）、教师3（T3）、教师4（T4）"
    assert row["going"] == "教师2（T2）"
    assert (row["settled_by"], row["settled_name"]) == ("open", None)


def test_a_lot_on_record_settles_it() -> None:
    settled = tables.ties(small.scenario(tie_decisions=(lot(2, 4, 3),)), GOES).iloc[0]
    assert (settled["settled_by"], settled["settled_name"]) == ("lot", "示例人员")
    assert settled["settled_on"] == "2020-06"
    assert settled["tied"] == "教师2（T2）、教师4（T4）、教师3（T3）"
    against = tables.ties(small.scenario(tie_decisions=(lot(4, 2, 3),)), GOES).iloc[0]
    assert against["settled_by"] == "open"


def test_nobody_is_tied_with_other_points_or_other_traits() -> None:
    assert tables.ties(varied({2: {"points": 10}}), GOES).empty
    assert tables.ties(small.scenario(), small.STAFFING_PLAN).empty  # T1 is famous, T5 alone
    everyone = small.Plan(moves=tuple(small.move(n) for n in (2, 3, 4)))
    assert tables.ties(small.scenario(), everyone).empty
    without = small.scenario().model_copy(update={"staffing": None})
    assert list(tables.ties(without, GOES).columns) == list(
        tables.ties(small.scenario(), GOES).columns
    )


# Words


@pytest.mark.parametrize(
    ("codes", "known"),
    [
        (get_args(Ground), words.EXEMPTION),
        (get_args(Reason), words.STANDING_REASON),
        (get_args(Reason), words.STANDING_RULE),
        (("due", "may", "not_now"), words.STANDING),
        ((*get_args(TieDecision.model_fields["settled_by"].annotation), "open"), words.SETTLED),
        (
            set(get_args(Teacher.model_fields["status"].annotation)) - {"in_post"},
            words.STANDING_REASON,
        ),
    ],
)
def test_every_code_has_words(codes, known) -> None:
    assert codes
    assert set(codes) <= set(known)


def test_every_column_has_a_heading_of_its_own(scenario) -> None:
    for table in (
        tables.eligibility(scenario),
        tables.eligibility_by_school(scenario),
        tables.ties(small.scenario(), GOES),
    ):
        assert set(table.columns) <= set(COLUMNS)
        for lang in ("zh", "en"):
            assert len(tables.headed(table, lang, keys=True).columns) == len(table.columns)
