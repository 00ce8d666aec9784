"""Templates: what they ask for, what they offer, and that filled in they are read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from allocator.county.frozen import DataError
from allocator.files import load
from allocator.files.books import open_book
from allocator.files.intake.proposal import NewCounty, accepted, propose
from allocator.files.templates import template_bytes, write_template
from allocator.files.templates.books import BEFORE, START
from allocator.files.templates.examples import EXAMPLES
from allocator.modelling import Language
from allocator.records import TABLES, table
from allocator.scenario import Scenario

ROOT = Path(__file__).parents[2]
EVERY = tuple(held.name for held in TABLES)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.fixture
def toy() -> Scenario:
    """The toy county."""
    return load(ROOT / "scenarios" / "toy.json")


def _opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def _columns(page: Any) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in page[1]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_are_the_titles_of_the_fields(lang: Language) -> None:
    made = _opened(template_bytes(lang, EVERY))
    for held in TABLES:
        titles = [held.fields[c].title.say(lang) for c in held.fields
                  if not held.fields[c].elsewhere]  # fmt: skip
        assert list(_columns(made[held.title.say(lang)])) == titles, held.name


def test_a_bureau_starts_from_schools_and_teachers(toy: Scenario) -> None:
    alone = _opened(template_bytes())
    assert [table(n).title.zh in alone.sheetnames for n in (*BEFORE, *START)] == [True] * 7
    given = _opened(template_bytes(scenario=toy))
    assert table("townships").title.zh not in given.sheetnames
    assert {table(n).title.zh for n in START} <= set(given.sheetnames)
    teachers = _columns(given["教师"])
    assert "教师资格（学段学科）" in teachers
    assert "指定去向" in teachers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_template_changes_nothing(lang: Language, toy: Scenario) -> None:
    """Its examples are not read, and tables of one row say what the county says."""
    content = template_bytes(lang, EVERY, toy)
    made = propose(toy, [open_book(content, "模板.xlsx")])
    assert not made.any, [(t.table, t.changed, t.added) for t in made.tables if t.any]
    assert not made.open, (made.findings, made.questions)


def test_every_table_of_several_rows_has_an_example() -> None:
    assert set(EXAMPLES) == {held.name for held in TABLES if not held.single}
    for name, rows in EXAMPLES.items():
        held = table(name)
        for row in rows:
            assert set(row) <= set(held.fields)
            assert set(held.required) <= set(row), name


def test_an_example_is_marked_and_said_to_be_one() -> None:
    made = _opened(template_bytes("zh", EVERY))
    for name, rows in EXAMPLES.items():
        page = made[table(name).title.zh]
        for n in range(len(rows)):
            assert str(page.cell(2 + n, 1).value).startswith("【示例】")
        assert page.cell(2 + len(rows), 1).value is None


def test_required_columns_are_dark_and_say_so() -> None:
    made = _opened(template_bytes("zh", EVERY))
    for held in TABLES:
        page = made[held.title.zh]
        for name, about in held.fields.items():
            if about.elsewhere:
                continue
            cell = page.cell(1, _columns(page)[about.title.zh])
            dark = cell.fill.start_color.rgb == "FF1F4E79"
            assert dark == (name in held.required), (held.name, name)
            assert cell.comment is not None
            assert ("必填" in cell.comment.text) == dark
            if about.help is not None:
                assert about.help.zh in cell.comment.text


def _offered(made: Any, page: Any, column: int) -> list[str] | None:
    """What the first free cell of a column may be chosen from."""
    letter = get_column_letter(column)
    for rule in page.data_validations.dataValidation:
        first = str(rule.sqref).split(":", maxsplit=1)[0]
        if first.rstrip("0123456789") == letter:
            name, _, cells = str(rule.formula1).lstrip("=").partition("!")
            held = made[name.strip("'")][cells.replace("$", "")]
            rows = held if isinstance(held, tuple) else ((held,),)
            return [str(c[0].value) for c in rows if c[0].value is not None]
    return None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_offers_its_words(lang: Language, toy: Scenario) -> None:
    made = _opened(template_bytes(lang, EVERY, toy))
    for held in TABLES:
        page = made[held.title.say(lang)]
        for about in held.fields.values():
            if about.elsewhere or about.kind not in ("choice", "flag") or about.typed:
                continue
            options = list(about.options(toy.county, lang).values())
            if about.kind == "choice" and not options:
                continue
            found = _offered(made, page, _columns(page)[about.title.say(lang)])
            assert found is not None, (held.name, about.title)
            if about.kind == "choice":
                assert found == options


def test_without_a_scenario_schools_are_chosen_from_their_own_sheet() -> None:
    made = _opened(template_bytes())
    page = made["校区"]
    made["学校"].cell(3, _columns(made["学校"])["名称"]).value = "新学校"
    assert _offered(made, page, _columns(page)["学校"]) == ["新学校"]


def test_lists_are_hidden_and_help_explains_every_column() -> None:
    made = _opened(template_bytes("zh", EVERY))
    assert made["选项"].sheet_state == "hidden"
    told = {(row[0], row[1]) for row in made["填写说明"].iter_rows(values_only=True)}
    for held in TABLES:
        for about in held.fields.values():
            if not about.elsewhere:
                assert (held.title.zh, about.title.zh) in told


def test_headings_stay_in_sight_and_codes_are_text() -> None:
    made = _opened(template_bytes())
    page = made["教师"]
    assert page.freeze_panes is not None
    for title in ("教职工号", "出生年月"):
        at = _columns(page)[title]
        held = next(d for d in page.column_dimensions.values() if d.min <= at <= d.max)
        assert held.number_format == "@"


def _filled(content: bytes, rows: dict[str, list[dict[str, Any]]]) -> bytes:
    """A template after somebody typed rows into it below the examples."""
    made = _opened(content)
    for name, given in rows.items():
        held = table(name)
        page = made[held.title.zh]
        at = _columns(page)
        first = 2 + len(EXAMPLES.get(name, ()))
        for n, row in enumerate(given):
            for column, value in row.items():
                page.cell(first + n, at[held.fields[column].title.zh]).value = value
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_a_new_county_comes_from_a_filled_template() -> None:
    classes = {f"classes_{n}": 2 for n in range(7, 10)}
    content = _filled(
        template_bytes(),
        {
            "county": [{"name": "新县", "as_of": "2026-03"}],
            "zones": [{"id": "Z1", "name": "全县"}],
            "townships": [{"id": "T1", "name": "城关镇", "kind": "镇", "area_class": "城区",
                           "zone": "全县", "latitude": 30.1, "longitude": 121.2}],
            "schools": [{"id": "S1", "name": "城关初中", "quality": "是"}],
            "campuses": [{"id": "C1", "name": "城关初中", "school": "城关初中",
                          "township": "城关镇"}],
            "sections": [{"campus": "城关初中", "stage": "初中", "pupils": 240, **classes}],
            "teachers": [{"id": "0012", "name": "某某", "campus": "城关初中", "stage": "初中",
                          "subject": "语文", "sex": "女", "born": "1985-02",
                          "entered_work": "2008-08", "entered_school": "2015-08"}],
        },
    )  # fmt: skip
    made = propose(None, [open_book(content, "新县.xlsx")], new=NewCounty())
    assert not made.open, (made.findings, made.questions)
    county = accepted(made).county
    assert (county.name, county.as_of) == ("新县", "2026-03")
    assert county.teacher["0012"].campus == "C1"
    assert county.school["S1"].quality
    assert county.places["C1.junior"].section.classes == (2, 2, 2)


def test_an_unknown_table_is_named_with_those_there_are() -> None:
    with pytest.raises(DataError) as caught:
        template_bytes("zh", ["schools", "nonsense"])
    (problem,) = caught.value.problems
    assert problem.details["table"] == "nonsense"
    assert "past_quotas" in problem.details["known"]


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == template_bytes()
