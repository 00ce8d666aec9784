"""Logic of the result pages: flows, heat map, pins, the county measured without a plan."""

from __future__ import annotations

import pandas as pd
import pytest

from allocator.county.people import Pin, Teacher
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.placement import placement
from allocator.ui.logic.choices import fitting
from allocator.ui.logic.column_widths import width_for
from allocator.ui.logic.coverage_map import by_place, heat_map, shown_places
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.flow_charts import PALETTE, chord, move_map, net_of_schools, sankey
from allocator.ui.logic.gain_charts import change_bars
from allocator.ui.logic.pinning import Decision, pin_edit, pins_after, pins_in_words
from allocator.ui.logic.plane import height
from allocator.ui.logic.result_charts import (
    famous_bars,
    lorenz_curves,
    missing_by_township,
    training_bars,
)
from allocator.ui.logic.staffing_views import STAFFING_VIEWS, Measured
from allocator.ui.logic.wording import in_words, titled, titled_once
from tests.insight import small_county as small

FLOWS = pd.DataFrame(
    {
        "from_township": ["甲", "甲", "乙", "丙"],
        "to_township": ["乙", "甲", "甲", "甲"],
        "moves": [5, 2, 3, 1],
    }
)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sankey_has_every_flow_from_the_left_to_the_right(lang: Language) -> None:
    (series,) = sankey(FLOWS, lang)["series"]
    names = [n["name"] for n in series["data"]]
    assert len(names) == len(set(names)) == 5  # three left, two reached
    assert [link["value"] for link in series["links"]] == [5, 2, 3, 1]
    assert {link["source"] for link in series["links"]} <= set(names)
    # The largest first on each side: 甲 sends 7, 乙 3, 丙 1; 甲 receives 6, 乙 5.
    labels = [n["label"]["formatter"] for n in series["data"]]
    assert labels == ["甲 7", "乙 3", "丙 1", "甲 6", "乙 5"]


def test_a_chord_leaves_out_moves_inside_a_township() -> None:
    (series,) = chord(FLOWS, "zh")["series"]
    assert [(e["source"], e["target"], e["value"]) for e in series["links"]] == [
        ("甲", "乙", 5), ("乙", "甲", 3), ("丙", "甲", 1),
    ]  # fmt: skip
    assert [n["name"] for n in series["data"]] == sorted(["甲", "乙", "丙"])


def test_townships_that_exchange_most_have_a_colour_of_their_own() -> None:
    number = len(PALETTE) + 3
    flows = [(f"镇{n:02}", f"镇{(n + 1) % number:02}", 100 if n % 4 == 0 else 1)
             for n in range(number)]  # fmt: skip
    table = pd.DataFrame(flows, columns=["from_township", "to_township", "moves"])
    (series,) = chord(table, "zh")["series"]
    colours = {n["name"]: n["itemStyle"]["color"] for n in series["data"]}
    large = {place for a, b, n in flows if n > 1 for place in (a, b)}
    assert len({colours[place] for place in large}) == len(large)


def test_a_map_is_as_true_north_as_east_and_leaves_small_flows_out() -> None:
    scenario = small.scenario()
    moved = placement(scenario.county, small.STAFFING_PLAN).moved
    table = pd.DataFrame(
        {"from_township": ["西街道", "东镇"], "to_township": ["东镇", "西街道"], "moves": [4, 1]}
    )
    made = move_map(scenario.county, moved, table, 2, "en")
    *points, lines, labels = made["series"]
    (arrow,) = lines["data"]
    assert arrow["name"] == "西街道 → 东镇: 4 people"
    (x0, y0), (x1, y1) = arrow["coords"]
    # The seats lie 0.1 degrees apart both ways, at 30.1 degrees north.
    assert (x0, y0) == (0, 0)
    assert (x1, y1) == (pytest.approx(9.62, abs=0.01), pytest.approx(11.12, abs=0.01))
    grid, x, y = made["grid"], made["xAxis"], made["yAxis"]
    pixels = [grid["width"] / (x["max"] - x["min"]), grid["height"] / (y["max"] - y["min"])]
    assert pixels[0] == pytest.approx(pixels[1], rel=0.1) or grid["height"] == 900
    assert height(scenario.county) > grid["height"]
    assert {p["name"] for p in labels["data"]} == {"西街道", "东镇"}
    told = {p["name"] for kind in points for p in kind["data"]}
    assert told == {
        "A校: 2 go, 0 come", "B校: 0 go, 2 come", "C校: 0 go, 0 come",
    }  # fmt: skip


def test_people_who_leave_and_come_are_counted_by_school() -> None:
    moved = placement(small.county(), small.STAFFING_PLAN).moved
    gone, come = net_of_schools(moved)
    assert dict(gone) == {"A": 2}
    assert dict(come) == {"B": 2}


@pytest.fixture(scope="module")
def measured() -> Measured:
    return Measured(small.scenario())


def test_the_county_is_measured_with_nobody_moved(measured: Measured) -> None:
    assert measured.table("moves", "zh").empty
    famous = measured.table("famous", "zh")
    assert (famous["have_before"] == famous["have_after"]).all()
    assert measured.table("famous", "zh") is famous
    balance = measured.table("indicators", "zh")
    assert (balance["before"] == balance["after"]).all()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_can_be_made_without_a_plan(measured: Measured, lang: Language) -> None:
    for name in STAFFING_VIEWS:
        assert isinstance(measured.table(name, lang), pd.DataFrame), name


def test_the_heat_map_adds_up_by_township_and_by_school(measured: Measured) -> None:
    # B lacks 5 of Chinese and 3 of music, C 10 of Chinese: both lie in 东镇.
    table = measured.table("coverage", "zh")
    cells = by_place(table, "zh", schools=False)
    east = cells[cells["place"] == "东镇"].set_index("subject")["uncovered_before"]
    assert east.to_dict() == {"语文": 15, "音乐": 3}
    assert shown_places(cells, uncovered=True) == ["东镇"]
    assert shown_places(cells, uncovered=False) == ["东镇", "西街道"]
    schools = by_place(table, "zh", schools=True)
    assert shown_places(schools, uncovered=True) == ["C校本部 小学", "B校本部 初中"]
    drawn = heat_map(cells, ["东镇"], ["语文", "音乐"], "before", "zh").to_dict()
    assert drawn["layer"]


def test_a_famous_teacher_who_goes_to_a_rural_junior_high_is_listed_so() -> None:
    from allocator.ui.logic.findings import Findings

    scenario = small.scenario()
    found = Findings(scenario, small.outcome(scenario))
    (row,) = found.table("famous_moves", "zh").to_dict("records")
    assert (row["teacher"], row["to_rural"], row["from_rural"]) == ("T1", True, False)
    assert found.table("moves", "zh")["teacher"].tolist() == ["T1", "T5"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pictures_are_drawn_or_left_out_where_there_is_nothing(
    measured: Measured, lang: Language
) -> None:
    famous, training = measured.table("famous", lang), measured.table("training", lang)
    for picture in (
        famous_bars(famous, lang), missing_by_township(famous, lang), training_bars(training, lang)
    ):  # fmt: skip
        assert picture is not None
        assert picture.to_dict()
    assert famous_bars(famous[:0], lang) is None
    assert missing_by_township(famous[:0], lang) is None
    assert training_bars(training[:0], lang) is None
    none = pd.DataFrame(columns=["state", "pupils_share", "resource_share"])
    assert lorenz_curves(none, lang, solved=True) is None


def test_filters_leave_the_rows_that_fit() -> None:
    assert fitting(FLOWS, {"from_township": "甲", "moves": None})["moves"].tolist() == [5, 2]


# Pins

BARRED = Pin(kind="not_to", campus="C1")


@pytest.mark.parametrize(
    ("decision", "kept"),
    [
        ("stays", [("stays", None)]),
        ("goes", [("not_to", "C1"), ("goes", "B1")]),
        ("not_to", [("not_to", "C1"), ("not_to", "B1")]),
        ("open", []),
    ],
)
def test_a_decision_keeps_what_does_not_contradict_it(
    decision: Decision, kept: list[tuple[str, str | None]]
) -> None:
    teacher = small.teacher(2, "A1", "junior", "chinese", pins=(BARRED,))
    made = pins_after(teacher, decision, "B1")
    assert [(p["kind"], p["campus"]) for p in made] == kept
    # Decided twice is decided once.
    again = teacher.model_copy(update={"pins": tuple(Pin.model_validate(p) for p in made)})
    assert pins_after(again, decision, "B1") == made


def test_a_later_decision_replaces_the_one_it_contradicts() -> None:
    teacher = small.teacher(2, "A1", "junior", "chinese", pins=(Pin(kind="goes", campus="B1"),))
    assert [p["kind"] for p in pins_after(teacher, "not_to", "B1")] == ["not_to"]
    assert [p["kind"] for p in pins_after(teacher, "stays", "B1")] == ["stays"]


def test_a_decision_is_an_edit_that_can_be_undone(toy: Scenario) -> None:
    teacher: Teacher = next(t for t in toy.county.teachers if not t.pins)
    draft = Draft("own/toy", toy, toy)
    pinned = draft.with_edit(pin_edit(teacher, "stays", "C1"))
    assert not pinned.wrong
    found = pinned.scenario.county.teacher[teacher.id]
    assert found.pins == (Pin(kind="stays"),)
    assert pins_in_words(pinned.scenario.county, found, "en") == "stays"
    assert pinned.undo().scenario == toy


def test_pins_are_told_with_the_name_of_the_campus() -> None:
    county = small.county()
    pins = (BARRED, Pin(kind="goes", campus="B1"))
    teacher = small.teacher(2, "A1", "junior", "chinese", pins=pins)
    assert pins_in_words(county, teacher, "zh") == "不到C校本部；到B校本部"


# Figures in words


def _indicator(now: float, target: float, kept: bool | None, unit: str = "cv") -> pd.DataFrame:
    row = {"indicator": "mean", "unit": unit, "now": now, "target": target, "kept": kept}
    return pd.DataFrame([row]).astype({"kept": "boolean"})


@pytest.mark.parametrize(
    ("now", "target", "kept", "unit", "said"),
    [
        (0.35021, 0.35, False, "cv", ["0.3502", "0.3500"]),
        (0.35021, 0.35, True, "cv", ["0.350", "0.350"]),
        (0.35021, 0.35, None, "cv", ["0.350", "0.350"]),
        (0.36, 0.35, False, "cv", ["0.360", "0.350"]),
        (0.0268, 0.027, False, "share", ["2.68%", "2.70%"]),
    ],
)
def test_a_target_that_is_missed_does_not_read_as_reached(
    now: float, target: float, kept: bool | None, unit: str, said: list[str]
) -> None:
    told = in_words(_indicator(now, target, kept, unit), ("now", "target", "kept"), "zh")
    assert told.iloc[0].tolist()[:2] == said


def test_a_unit_stands_in_the_bracket_a_title_ends_with() -> None:
    assert titled("名师缺口（各校合计）", "people", "zh") == "名师缺口（各校合计，人）"
    assert titled("安排交流人数", "people", "zh") == "安排交流人数（人）"
    assert titled_once("与已公布方案不同的人数", "people", "zh") == "与已公布方案不同的人数"


def test_columns_are_wide_enough_for_words_that_a_browser_does_not_measure() -> None:
    short, tall = ["填报数"] * 9, ["填报数"] * 9 + ["花名册和方案"]
    assert width_for("数据来源", short) is None
    assert width_for("数据来源", tall) == round(6 * 13.2 + 20)
    assert width_for("说明", ["字" * 500], long=True) == 560


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("page", ["#ffffff", "#14191f"])
def test_numbers_beside_bars_read_on_both_pages(page: str) -> None:
    table = pd.DataFrame({"township": ["甲", "乙"], "short:change": [3, -2]})
    chart = change_bars(table, "short", -1, "未开足", "zh")
    assert chart is not None
    marks = [layer["mark"] for layer in chart.to_dict()["layer"]]
    colours = [mark["color"] for mark in marks if mark["type"] == "text"]
    assert len(colours) == 2
    for colour in colours:
        darker, lighter = sorted((_light(colour), _light(page)))
        assert (lighter + 0.05) / (darker + 0.05) > 3
