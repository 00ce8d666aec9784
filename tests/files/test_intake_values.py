"""Values are read as people write them; what may mean two things is asked, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest

import allocator
from allocator.county.county import County
from allocator.files.intake.identity import identity
from allocator.files.intake.months import two_digits
from allocator.files.intake.numbers import number_in
from allocator.files.intake.values import Reader, Value, read_value
from allocator.records import Field, table
from allocator.samples.toy import toy_county

COUNTY: County = toy_county()
TEACHERS = table("teachers").fields


def read(name: str, raw, column=(), words=None, fields=TEACHERS) -> Value:
    return Reader(fields[name], COUNTY, column, words).read(raw)


def told(value: Value) -> str:
    problem = value.problem or value.note
    assert problem is not None
    return problem.text.format_map(dict(problem.details))


@pytest.mark.parametrize(
    "raw",
    [
        "2016.9", "2016.09", "2016年9月", "2016年09月", "2016/9", "2016/9/1", "2016-09",
        "2016-09-01", "2016-09-01 00:00:00", "2016.9.1", "201609", "20160901", "２０１６．９",
        " 2016 . 9 ", "2016年9月1日", "9/2016", "2016、9", 201609, 20160901, 2016.9, 2016.09,
        dt.date(2016, 9, 30), dt.datetime(2016, 9, 1, 8), 42_614, 42_614.5, "42614",
    ],
)  # fmt: skip
def test_a_month_is_read_however_it_is_written(raw) -> None:
    value = read("born", raw)
    assert (value.value, value.problem) == ("2016-09", None)


@pytest.mark.parametrize(
    "raw", ["2016", 2016, "2016年", "2016.13", "2016.0", "85.10", "至今", "九月", True, 12.5, 1e300,
            float("nan"), "201613", "2016-09-32", 99_999_999]
)  # fmt: skip
def test_what_is_no_month_is_told(raw) -> None:
    value = read("born", raw)
    assert value.value is None
    assert str(raw)[:4] in told(value)


def test_a_number_whose_last_zero_may_be_dropped_is_in_doubt() -> None:
    value = read("born", 1985.1)
    assert value.value is None
    assert value.options == ("1985-01", "1985-10")
    assert "1985-10" in told(value)


def test_two_digits_elsewhere_in_the_column_settle_it_and_it_is_told() -> None:
    value = read("born", 1985.1, column=[1985.01, 1985.12, 1985.1])
    assert value.value == "1985-10"
    assert "October" in told(value)


def test_one_digit_elsewhere_in_the_column_leaves_it_in_doubt() -> None:
    assert read("born", 1985.1, column=[1985.01, 1985.9]).options
    assert not two_digits([1985.1, 1985.12, "1985.01", None])


def test_text_keeps_its_last_zero() -> None:
    assert read("born", "1985.10").value == "1985-10"
    assert read("born", "1985.1").value == "1985-01"


def test_five_digits_that_look_like_a_year_are_in_doubt() -> None:
    assert read("born", 20169).options == ("2016-09", "1955-03")


@pytest.mark.parametrize("raw", ["是", "√", "1", 1, "Y", "yes", True, "有", "毕业班", "TRUE", "√ "])
def test_yes_is_read_however_it_is_written(raw) -> None:
    assert read("graduating", raw).value is True


@pytest.mark.parametrize("raw", ["否", "×", "0", 0, "N", "无", False, "非毕业班", "没有", "不是"])
def test_no_is_read_however_it_is_written(raw) -> None:
    assert read("graduating", raw).value is False


def test_a_letter_that_ticks_or_crosses_out_is_in_doubt() -> None:
    assert read("graduating", "x").options == (True, False)
    assert "neither yes nor no" in told(read("graduating", "可能"))


def test_public_and_private_answer_whether_a_school_is_private() -> None:
    fields = table("schools").fields
    assert read("private", "民办", fields=fields).value is True
    assert read("private", "公办", fields=fields).value is False
    assert read("quality", "公办", fields=fields).problem is not None


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("title", "中小学高级教师", "senior"),
        ("title", "副高", "senior"),
        ("title", "小学高级", "first"),
        ("title", "中学一级", "first"),
        ("title", "小学一级", "second"),
        ("title", "正高级教师", "professor"),
        ("title", "无", "none"),
        ("degree", "大学本科", "bachelor"),
        ("degree", "硕士", "master"),
        ("degree", "大专", "college"),
        ("role", "校长", "principal"),
        ("role", "党支部书记", "party_secretary"),
        ("role", "教导主任", "middle_manager"),
        ("employment", "事业编", "establishment"),
        ("employment", "是", "establishment"),
        ("sex", 1, "m"),
        ("sex", "女", "f"),
        ("status", "在本单位任职", "in_post"),
        ("status", "借调", "lent_out"),
        ("stage", "初级中学", "junior"),
        ("stage", "primary", "primary"),
        ("subject", "语", "chinese"),
        ("subject", "Chinese", "chinese"),
        ("subject", "chinese", "chinese"),
    ],
)
def test_words_of_a_choice_have_their_other_words(name: str, raw, code: str) -> None:
    value = read(name, raw)
    assert (value.value, value.problem, value.note) == (code, None, None)


@pytest.mark.parametrize(
    ("name", "raw", "codes"),
    [
        ("title", "初级", {"second", "third"}),
        ("degree", "研究生", {"master", "doctor"}),
        ("role", "副校长", {"principal", "middle_manager"}),
        ("employment", "否", {"reserve", "private"}),
        ("stage", "初中/小学", {"junior", "primary"}),
        ("subject", "语文、数学", {"chinese", "maths"}),
    ],
)
def test_a_word_for_two_things_is_asked(name: str, raw: str, codes: set[str]) -> None:
    value = read(name, raw)
    assert value.value is None
    assert set(value.options) == codes
    assert told(value)


def test_an_unknown_word_is_told_with_what_may_be_chosen() -> None:
    assert "choose 未定级、三级、二级、一级、高级、正高级" in told(read("title", "特级厨师"))


@pytest.mark.parametrize("mark", ["、", ",", "，", ";", "；", "/", "\n", "和"])
def test_several_values_are_told_apart(mark: str) -> None:
    assert read("also_teaches", f"语文{mark}数学").value == ["chinese", "maths"]


def test_blanks_tell_values_apart_only_where_each_is_known() -> None:
    assert read("also_teaches", "语文 数学").value == ["chinese", "maths"]
    assert read("also_teaches", "语文 书法").unknown == ("语文 书法",)


def test_an_unknown_part_of_several_is_named() -> None:
    value = read("also_teaches", "语文、书法")
    assert (value.value, value.unknown) == (["chinese"], ("书法",))
    assert "书法" in told(value)


def test_honours_are_read_from_the_words_of_certificates() -> None:
    value = read("honours", "县级骨干教师；教坛新秀")
    assert value.value == ["county_backbone", "county_rising"]
    assert read("honours", f"{COUNTY.name}县级名师").value == ["county_famous"]


def test_a_subject_that_is_part_of_another_is_read_and_told() -> None:
    county = COUNTY.model_copy(update={"subjects": allocator.county.curriculum.ZHEJIANG_2023})
    value = read_value(TEACHERS["subject"], "物理", county)
    assert value.value == "science"
    assert "科学" in told(value)
    assert set(read_value(TEACHERS["subject"], "艺术", county).options) == {"music", "art"}


def test_certificates_are_read_as_they_are_printed() -> None:
    value = read("certificates", "初级中学语文教师资格、小学数学")
    assert value.value == ["junior.chinese", "primary.maths"]


@pytest.mark.parametrize("raw", [None, "", "  ", "—", "-", "/", "无", "空", "N/A"])
def test_marks_of_nothing_are_empty(raw) -> None:
    assert read("rural_years", raw) == Value()
    assert read("honours", raw) == Value()


@pytest.mark.parametrize(
    ("raw", "number"),
    [("12人", 12), ("1,200", 1200), ("１２", 12), ("3年", 3), ("十二", 12), (12.0, 12), ("'7", 7)],
)
def test_a_whole_number_is_read_with_its_unit(raw, number: int) -> None:
    assert read("rural_years", raw).value == number


@pytest.mark.parametrize(
    "raw", [12.5, "12.5", "约3", "1,2", dt.date(2020, 3, 5), True, "三百", 1e400]
)
def test_what_is_no_whole_number_is_told(raw) -> None:
    assert read("rural_years", raw).value is None
    assert told(read("rural_years", raw))


@pytest.mark.parametrize("raw", ["17%", 0.17, 17, "17", "１７％"])
def test_a_share_is_read_from_percent_and_from_parts_of_one(raw) -> None:
    assert read("quota_share", raw, fields=table("senior_highs").fields).value == 0.17


def test_numbers_in_words_and_ten_thousands() -> None:
    assert number_in("1.2万元") == 12_000
    assert number_in("二十三") == 23
    assert number_in("一二") is None


def test_a_name_of_the_county_is_known_and_another_suggested() -> None:
    fields = table("campuses").fields
    township = COUNTY.townships[0]
    assert read("township", f" {township.name} ", fields=fields).value == township.id
    assert read("township", township.id, fields=fields).value == township.id
    value = read("township", f"{township.name}x", fields=fields)
    assert value.unknown == (f"{township.name}x",)
    assert township.name in told(value)


def test_codes_stay_texts_without_blanks() -> None:
    assert read("id", 10023).value == "10023"
    assert read("id", " Ｔ００ 1").value == "T001"


def test_what_the_planner_settled_goes_first() -> None:
    assert read("title", "特级厨师", words={"特级厨师": "senior"}).value == "senior"
    assert read("graduating", "初三", words={"初三": "true"}).value is True
    assert read("also_teaches", "书法", words={"书法": "chinese"}).value == ["chinese"]


def test_an_error_of_the_sheet_is_told() -> None:
    assert "#REF!" in told(read("rural_years", "#REF!"))


def test_no_value_repeats_an_identity_number() -> None:
    assert "33028219800101" not in told(read("title", "330282198001010011"))


@pytest.mark.parametrize(
    "kind",
    ["text", "month", "whole", "number", "percent", "flag", "choice", "choices", "code", "list"],
)
def test_every_kind_of_field_reads_every_kind_of_cell(kind) -> None:
    about = Field(TEACHERS["title"].title, kind, words=TEACHERS["title"].words)
    for raw in (
        None,
        "",
        "x",
        1,
        -1,
        1.5,
        True,
        dt.date(2020, 1, 1),
        dt.datetime(2020, 1, 1),
        "、",
    ):
        assert isinstance(read_value(about, raw, COUNTY), Value)


def test_an_identity_number_is_known_by_its_check_digit() -> None:
    digits = "11010519491231002"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = (12 - sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11) % 11
    number = digits + ("X" if check == 10 else str(check))
    held = identity(f" {number.lower()} ")
    assert held is not None
    assert (held.number, held.born, held.sex) == (number, "1949-12", "f")
    assert number not in repr(held)
    wrong = digits + str((check + 1) % 10)
    assert [identity(raw) for raw in (wrong, digits, int(digits), 1.1e17, None)] == [None] * 5
