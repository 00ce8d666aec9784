"""Pictures of walking and the figures behind them, counted by hand on the toy county."""

from __future__ import annotations

import altair as alt
import pytest

from allocator.insight.tables import walking
from allocator.insight.walking_sources import sources, without_own
from allocator.ui.logic.heads import head, version_of
from allocator.ui.logic.walking_charts import (
    GIVERS,
    at_school,
    by_school,
    by_subject,
    giver_bars,
    subject_colours,
    walking_map,
)
from tests.insight.walking_toy import PLAN, walking_toy

COLOURS = subject_colours(["音乐", "数学"])


def _map(dark: bool = False):
    scenario = walking_toy()
    made = walking_map(scenario.county, walking(scenario, PLAN), COLOURS, "zh", dark=dark)
    return {s["name"]: s for s in made["series"]}


def test_a_line_runs_from_home_to_each_school_visited_as_wide_as_periods() -> None:
    lines = _map()["音乐"]["data"]
    assert [line["name"] for line in lines] == [
        "示例城区初中 → 示例镇初中：音乐 4 节/周，1 人，单程 29 分钟",
        "示例城区初中 → 示例村初中：音乐 2 节/周，1 人，单程 23 分钟",
    ]
    wide, narrow = (line["lineStyle"]["width"] for line in lines)
    assert wide > narrow
    # the second subject is given at home: no line
    assert "数学" not in _map()


def test_schools_are_told_apart_by_what_walks_there() -> None:
    series = _map()
    assert [p["name"] for p in series["有教师外出走教"]["data"]] == [
        "示例城区初中：来走教 0 节，外出走教 6 节"
    ]
    assert len(series["有教师来走教"]["data"]) == 2
    # three public schools are left, the private one is not drawn
    assert len(series["无走教"]["data"]) == 3


def test_names_can_be_read_on_a_dark_page() -> None:
    light, dark = (_map(d)["镇（街道）"]["label"]["color"] for d in (False, True))
    assert light != dark


def test_subjects_are_those_that_walk_and_those_given_beside() -> None:
    scenario = walking_toy()
    table = by_subject(sources(scenario, PLAN), ("music",))
    assert table["subject"].tolist() == ["数学", "音乐"]
    music = table.iloc[1]
    # music is needed 6 + 6 + 2 + 4 + 4 + 2 times
    assert (music["needed"], music["by_own"], music["by_visit"]) == (24, 6, 6)
    assert (table[list(GIVERS)].sum(axis=1) == table["needed"]).all()


def test_schools_without_a_teacher_stand_with_those_that_need_most_first() -> None:
    scenario = walking_toy()
    table = by_school(without_own(sources(scenario, PLAN), ("music",)), "zh")
    assert table["place"].tolist() == [
        "示例镇初中（初中）", "示例东部初中（初中）", "示例村初中（初中）", "示例村小（小学）",
    ]  # fmt: skip
    assert table["needed"].tolist() == [6, 4, 2, 2]
    assert table["uncovered_after"].tolist() == [2, 4, 0, 2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bars_leave_out_what_nobody_gives(lang) -> None:
    scenario = walking_toy()
    table = by_subject(sources(scenario, PLAN, lang), ("music",))
    chart = giver_bars(table, "subject", lang)
    assert isinstance(chart, alt.Chart)
    shown = set(chart.data["by"])
    assert GIVERS["by_visit"][0].say(lang) in shown
    assert GIVERS["by_supply"][0].say(lang) not in shown
    beside = giver_bars(table, "subject", lang, givers=("by_supply",))
    assert beside is None


def test_a_school_is_found_at_either_end_of_a_visit() -> None:
    table = walking(walking_toy(), PLAN)
    assert len(at_school(table, "示例镇初中")) == 1
    assert len(at_school(table, "示例城区初中")) == 3
    assert len(at_school(table, None)) == 3


@pytest.mark.parametrize("firmness", ["must", "off"])
@pytest.mark.parametrize("form", ["of this tool", "another"])
def test_a_file_tells_whether_its_teachers_may_walk(tmp_path, firmness, form) -> None:
    import json

    from allocator.files import save
    from allocator.scenario import with_rule

    path = tmp_path / "s.json"
    save(with_rule(walking_toy(), "staffing", {"rule": "walking", "firmness": firmness}), path)
    if form == "another":
        path.write_text(json.dumps(json.loads(path.read_text("utf-8"))), "utf-8")
    assert head(path, version_of(path)).walks == (firmness == "must")
