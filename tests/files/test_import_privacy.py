"""No identity number leaves: not in scenarios, reports, messages, copies, mappings or logs."""

from __future__ import annotations

import json
import logging
import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from allocator.cli import main
from allocator.county.frozen import DataError
from allocator.files import save
from allocator.files.intake.answers import save_questions
from allocator.files.intake.mapping import save_mapping
from allocator.files.intake.marked_copy import marked_copy
from allocator.files.intake.privacy import BLOTTED, holds_identity, masked
from allocator.files.intake.proposal import accepted, answered, propose, remembered
from allocator.files.intake.report import report
from allocator.files.intake.report_file import write_report
from tests.sheets import HEADINGS, book, changed, content, teachers, toy

NUMBERS = ("110105198203070017", "11010519820307002X", "11010519491231002X")
_LONG = re.compile(r"(?<![\d.])(?:\d{15}|\d{14}[Xx])")


def _sheets() -> dict[str, list[list[object]]]:
    one, two, three, four = teachers(1, 2, 3, 4)
    return {
        "教师": [
            [*HEADINGS, "证件号"],
            [*changed(one, sex="男"), NUMBERS[0]],
            [*changed(two, campus=f"学校{NUMBERS[1]}"), NUMBERS[0]],
            [*changed(three, id=NUMBERS[2], name="甲"), NUMBERS[2]],
            [*changed(four, name=f"乙 {NUMBERS[0]}"), " 110105 19820307 0017 "],
            [*changed(four, id="T9", born=NUMBERS[1], sex=NUMBERS[0]), None],
        ],
        "交流资格": [
            ["教职工号", "姓名", "证件号", "更正为", "更正说明", "确认人"],
            [NUMBERS[0], None, None, "暂不交流", None, "甲"],
            [None, "甲", NUMBERS[1], "暂不交流", f"见{NUMBERS[0]}", "甲"],
            ["T00005", None, None, "暂不交流", "见１１０１０５１９８２０３０７００１７号", "甲"],
        ],
    }


def _clean(text: str) -> None:
    assert not _LONG.search(text)
    for number in NUMBERS:
        assert number not in text


def test_no_message_question_or_repr_names_an_identity_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    made = propose(toy(), [book(_sheets())])
    made = answered(made, {q.key: q.choices[0].code for q in made.questions if q.choices})
    assert made.findings
    for lang in ("zh", "en"):
        _clean(report(made, lang).to_csv())
    _clean(repr(made))
    _clean(str(made.findings) + str(made.questions) + str(made.notes))
    _clean(caplog.text)
    with pytest.raises(DataError) as caught:
        accepted(made)
    _clean(str(caught.value))


def test_files_written_on_the_way_name_none(tmp_path: Path) -> None:
    made = propose(toy(), [book(_sheets())])
    answers = {q.key: q.choices[0].code for q in made.questions if q.choices}
    save_questions(tmp_path / "q.json", made)
    save_mapping(tmp_path / "m.json", remembered(made, answers))
    write_report(tmp_path / "r.xlsx", made)
    _clean((tmp_path / "q.json").read_text("utf-8"))
    _clean((tmp_path / "m.json").read_text("utf-8"))
    page = openpyxl.load_workbook(tmp_path / "r.xlsx")
    _clean(str([[c.value for c in row] for sheet in page for row in sheet.iter_rows()]))


def test_a_marked_copy_adds_none_to_those_of_the_file_itself() -> None:
    uploaded = book(_sheets())
    copy = openpyxl.load_workbook(BytesIO(marked_copy(uploaded, propose(toy(), [uploaded]))))
    for sheet in copy:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None:
                    _clean(cell.comment.text)
    assert copy["教师"]["J2"].value == NUMBERS[0]


def test_the_scenario_holds_none_although_it_was_joined_by_one(tmp_path: Path) -> None:
    row = changed(teachers(1)[0], sex="男")
    sheets = {
        "教师": [[*HEADINGS, "身份证号码"], [*row, NUMBERS[0]]],
        "职称": [["姓名", "身份证号码", "职称"], [row[1], NUMBERS[0], "高级"]],
    }
    scenario = accepted(propose(toy(), [book(sheets)]))
    assert scenario.county.teacher["T00001"].title == "senior"
    save(scenario, tmp_path / "s.json")
    _clean((tmp_path / "s.json").read_text("utf-8"))


def test_the_command_prints_and_writes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload, into = tmp_path / "a.xlsx", tmp_path / "s.json"
    upload.write_bytes(content(_sheets()))
    save(toy(), into)
    code = main(
        ["import", str(upload), "--into", str(into), "--questions", str(tmp_path / "q.json")]
    )
    assert code == 2
    said = capsys.readouterr()
    _clean(said.out + said.err)
    _clean(json.dumps(json.loads((tmp_path / "q.json").read_text("utf-8")), ensure_ascii=False))


@pytest.mark.parametrize(
    "text",
    [*NUMBERS, "110105 1982 0307 0017", "１１０１０５１９８２０３０７００１７", "1.10105198203E+17",
     "证件号110105198203070017。", "110105820307001"],
)  # fmt: skip
def test_whatever_may_be_an_identity_number_is_blotted(text: str) -> None:
    assert holds_identity(text)
    _clean(masked(text))
    assert BLOTTED in masked(text)


@pytest.mark.parametrize(
    "text", ["T00001", "2016-09-01 00:00:00", "13800000000", "示例城区初中", "0574-63912345"]
)
def test_numbers_that_are_none_stay(text: str) -> None:
    assert masked(text) == text
