"""What a planner settled once is kept, found again and written the same each time."""

from __future__ import annotations

from pathlib import Path

import pytest

from allocator.county.frozen import DataError
from allocator.files.intake.mapping import SavedMapping, load_mapping, save_mapping

MAPPING = (
    SavedMapping()
    .with_sheet("2020年教师", "teachers")
    .with_heading("teachers", "来校", "entered_school")
    .with_place("一小", "C1")
    .with_word("teachers", "title", "高讲", "senior")
)


def test_a_mapping_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    save_mapping(tmp_path / "a.json", MAPPING)
    assert load_mapping(tmp_path / "a.json") == MAPPING


def test_the_order_of_answers_does_not_change_the_file(tmp_path: Path) -> None:
    one = SavedMapping().with_place("乙", "C2").with_place("甲", "C1").with_heading("a", "b", "c")
    two = SavedMapping().with_heading("a", "b", "c").with_place("甲", "C1").with_place("乙", "C2")
    save_mapping(tmp_path / "a.json", one)
    save_mapping(tmp_path / "b.json", two)
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    assert one == two


def test_a_new_answer_takes_the_place_of_the_old() -> None:
    again = MAPPING.with_sheet("教师", "schools").with_heading("teachers", " 来 校", "")
    assert again.table_of("2023教师") == "schools"
    assert again.field_of("teachers", "来校") == ""
    assert len(again.sheets) == len(again.headings) == 1


def test_next_years_sheet_is_known_again() -> None:
    assert MAPPING.table_of("2021 年 教师") == "teachers"
    assert MAPPING.table_of("2021学年教师") == "teachers"
    assert MAPPING.table_of("教师名单") is None


def test_what_is_no_mapping_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"sheets": [{"sheet": 1}], "x": 2}', "utf-8")
    with pytest.raises(DataError) as caught:
        load_mapping(path)
    assert {p.path for p in caught.value.problems} >= {"x", "sheets[0].table"}
    with pytest.raises(DataError):
        load_mapping(tmp_path / "none.json")
