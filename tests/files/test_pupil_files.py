"""Lists of pupils: read back as written, names never read, every fault told by its cell at once."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from allocator.admission.acceptance import simulate
from allocator.admission.pupils import Pupil
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.files.pupil_columns import heading
from allocator.files.pupils import load_pupils, save_pupils
from allocator.samples import generate_county
from allocator.samples.pupils import generate_pupils
from allocator.words import tell
from tests.admission.division import county, junior, senior

HEAD = "考生号,姓名,初中,三年学籍,总分,同分比较1,抽签号,第一志愿,第二志愿"
ROW = "2020001,某某,示例A初中,是,601.5,300,,示例H1高中,H2"


@pytest.fixture(scope="module")
def where() -> County:
    return county([senior("H1", 4), senior("H2", 2)], [junior("A", 40), junior("B", 40)])


def told(where: County, path: Path, *lines: str) -> dict[str, str]:
    """Cell -> what a planner reads; no cell twice."""
    path.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(DataError) as caught:
        load_pupils(path, where)
    found = caught.value.problems
    assert not [t for p in found for t in (tell(p, "en"), tell(p, "zh")) if re.search(r"{\w", t)]
    assert all(re.search(r"[\u4e00-\u9fff]", tell(p, "zh")) for p in found)
    said = {p.path: tell(p, "en") for p in found}
    assert len(said) == len(found)
    return said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_an_offices_list_is_read_without_the_names(where, tmp_path, encoding) -> None:
    path = tmp_path / "考生.csv"
    path.write_bytes(f"{HEAD}\r\n{ROW}\r\n,,,,,,,,\r\n".encode(encoding))
    (found,) = load_pupils(path, where)
    assert found == Pupil(
        number="2020001",
        junior_high="A",
        registered=True,
        score=Decimal("601.5"),
        further=(Decimal(300),),
        quota_wishes=("H1", "H2"),
        unified_wishes=("H1", "H2"),
    )
    assert "某某" not in found.model_dump_json()


def test_a_workbook_is_read_as_the_same_list_is_in_csv(where, tmp_path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["某县中考成绩"])
    sheet.append(HEAD.split(","))
    sheet.append([2020001, "某某", "示例A初中", "是", 601.5, 300, None, "示例H1高中", "H2"])
    book.save(tmp_path / "pupils.xlsx")
    (tmp_path / "pupils.csv").write_text(f"{HEAD}\n{ROW}\n", "utf-8")
    found = load_pupils(tmp_path / "pupils.xlsx", where)
    assert found == load_pupils(tmp_path / "pupils.csv", where)


def test_quota_wishes_of_their_own_are_kept_apart(where, tmp_path) -> None:
    path = tmp_path / "p.csv"
    path.write_text(
        "number,junior_high,registered,score,quota_1,unified_2,unified_1,lot\n"
        "P1,A,no,600,H2,H2,H1,7\n"
    )
    (found,) = load_pupils(path, where)
    assert (found.quota_wishes, found.unified_wishes, found.lot) == (("H2",), ("H1", "H2"), 7)
    assert not found.registered


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("考 生 号", ("number", 1)),
        ("毕业学校", ("junior_high", 1)),
        ("分配第二志愿", ("quota_wish", 2)),
        ("分配生第1志愿", ("quota_wish", 1)),
        ("指标生志愿3", ("quota_wish", 3)),
        ("统招第十一志愿", ("unified_wish", 11)),
        ("志愿12", ("unified_wish", 12)),
        ("第十志愿", ("unified_wish", 10)),
        ("同分排序2", ("further", 2)),
        ("姓名", None),
        ("身份证号", None),
    ],
)
def test_headings_are_known_as_offices_write_them(text, said) -> None:
    assert heading(text) == said


def test_every_fault_is_told_at_once_by_its_cell(where, tmp_path) -> None:
    said = told(
        where,
        tmp_path / "p.csv",
        HEAD,
        ROW,
        "2020001,,示例C初中,也许,六百,,x,H1,示例H1高中",
        "330282200501010011,,A,是,-1,300,,H9,",
        "二号,,,是,600,300,,,",
    )
    assert said == {
        "A3": "A3: 2020001 is used twice, first at A2: give each its own code",
        "C3": "C3: 示例C初中 is no junior high of this county",
        "D3": "D3: 也许 is neither yes nor no: enter 是 or 否",
        "E3": "E3: 六百 is no score: enter a number from 0 to 10000, 0 for who was absent",
        "F3": "F3: the cell is empty: enter a value",
        "G3": "G3: x is no whole number: enter one",
        "I3": "I3: 示例H1高中 is wished for twice: keep it once",
        "A4": "A4: this looks like an identity number: use the number of the examination",
        "E4": "E4: -1 is no score: enter a number from 0 to 10000, 0 for who was absent",
        "H4": "H4: H9 is no senior high of this county: correct it",
        "A5": "A5: 二号 is no code: use letters, digits, - and _ only, at most 40",
        "C5": "C5: the cell is empty: enter a value",
    }


def test_missing_and_doubled_columns_are_told_with_the_rest(where, tmp_path) -> None:
    said = told(where, tmp_path / "p.csv", "考生号,初中,总分,总成绩", "1,A,x,5")
    assert said["D1"] == "D1: field 总成绩 is given twice: keep one"
    assert said["E1"] == "E1: column 三年学籍 is missing: add it"
    assert said["F1"] == "F1: column 第一志愿 is missing: add it"
    assert "C2" in said


@pytest.mark.parametrize("lines", [("",), (HEAD,)])
def test_a_list_without_pupils_is_refused(where, tmp_path, lines) -> None:
    found = told(where, tmp_path / "p.csv", *lines)
    assert [Path(name).name for name in found] == ["p.csv"]


def test_a_file_that_is_no_workbook_or_not_there_is_refused(where, tmp_path) -> None:
    (tmp_path / "p.xlsx").write_bytes(b"no workbook")
    for name in ("p.xlsx", "none.csv"):
        with pytest.raises(DataError):
            load_pupils(tmp_path / name, where)


def test_schools_of_one_name_are_told_apart_by_code(tmp_path) -> None:
    twins = [junior(s, 40) for s in "AB"]
    twins = [s.model_copy(update={"name": "示例中学"}) for s in twins]
    made = county([senior("H1", 4)], twins)
    (said,) = told(made, tmp_path / "p.csv", HEAD, "1,,示例中学,是,600,300,,H1,").values()
    assert "several junior highs are called 示例中学" in said
    pupil = Pupil(number="1", junior_high="B", registered=True, score=Decimal(5))
    save_pupils(made, [pupil], tmp_path / "q.csv")
    assert load_pupils(tmp_path / "q.csv", made) == (pupil,)


@pytest.fixture(scope="module")
def sample() -> County:
    return generate_county(teachers=8500)


def test_generated_pupils_are_the_countys_graduates(sample) -> None:
    pupils = generate_pupils(sample)
    assert pupils == generate_pupils(sample)
    assert pupils != generate_pupils(sample, seed=1)
    graduates, registered = Counter(), Counter()
    for place in sample.places.values():
        graduates[place.school.id] += place.section.graduates
        registered[place.school.id] += place.section.registered_graduates
    assert Counter(p.junior_high for p in pupils) == +graduates
    assert Counter(p.junior_high for p in pupils if p.registered) == +registered


def test_generated_pupils_come_back_from_their_file(sample, tmp_path) -> None:
    pupils = generate_pupils(sample)
    save_pupils(sample, pupils, tmp_path / "p.csv")
    assert load_pupils(tmp_path / "p.csv", sample) == pupils


def test_a_county_of_13000_pupils_is_admitted(sample) -> None:
    pupils = generate_pupils(sample)
    places = {(q.senior_high, q.junior_high): q.places for q in sample.past_quotas}
    made = simulate(sample, AdmissionTerms(), places, pupils)
    assert made.stable
    taken = sum(made.filled.values()) / sum(made.quota.places.values())
    assert 0.9 < taken < 1
