"""Every table of a result as CSV and Parquet: kinds kept, persons in the form chosen, no ground."""

from __future__ import annotations

import csv
import io
import json
import sys
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from allocator.files.export import TABLES, Result
from allocator.files.export.folder import exported_tables, table_content, write_tables
from allocator.files.export.geo import geojson
from allocator.files.export.items import whole
from allocator.files.export.parquet import parquet_bytes
from allocator.files.forms.confirm import confirm_bytes
from allocator.files.forms.notices import notices_bytes
from allocator.files.publication import publication
from allocator.files.schema import outcome_schema
from allocator.insight.released import FORMS, Form
from allocator.insight.vocabulary import EXEMPTION, STANDING_REASON
from allocator.modelling import Text
from allocator.solving import solve_scenario

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")
cases = import_module("tests.insight.quota_cases")

OUTSIDE: tuple[Form, ...] = ("publication", "web")
NUMBER = "330282198501011234"
GROUND_WORDS = {w for text in EXEMPTION.values() for w in text} | set(EXEMPTION)


@pytest.fixture(scope="module")
def result() -> Result:
    """T2 is ill, T3 expects a child, T4 soon retires; an identity number stands in a name."""
    grounds = {"T2": ("medical",), "T3": ("maternity",), "T4": ("near_retirement",),
               "T6": ("service_contract",), "T7": ("flagship",)}  # fmt: skip
    people = [
        t.model_copy(
            update={
                "exemptions": grounds.get(t.id, ()),
                "name": f"{t.name} {NUMBER}" if t.id in ("T1", "T2") else t.name,
            }
        )
        for t in small.county().teachers
    ]
    made = small.scenario(teachers=tuple(people), notes=f"联系人证件 {NUMBER}")
    placed, divided = small.outcome(made).parts[0], solve_scenario(made, parts=("admission",))
    return Result(made, divided.model_copy(update={"parts": (placed, *divided.parts)}))


@pytest.fixture(scope="module")
def toy(pytestconfig: pytest.Config) -> Result:
    """The toy county, solved."""
    from allocator.files import load

    scenario = load(pytestconfig.rootpath / "scenarios" / "toy.json")
    return Result(scenario, solve_scenario(scenario))


def _book_text(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    said = [str(c.value) for sheet in book for line in sheet.iter_rows() for c in line]
    said += [str(v.formula1) for sheet in book for v in sheet.data_validations.dataValidation]
    return "\n".join([*said, *book.sheetnames, str(book.properties.title)])


def _everything(result: Result, form: Form) -> dict[str, str]:
    """All that leaves in a form, as text."""
    found = {
        "workbook": _book_text(whole(result, form, "zh")),
        "workbook/en": _book_text(whole(result, form, "en")),
        "notices": _book_text(notices_bytes(result, form)),
        "geojson": json.dumps(geojson(result.scenario, result), ensure_ascii=False),
        "page": publication(result.scenario, result.outcome),
    }
    if form != "web":
        found["confirm"] = _book_text(confirm_bytes(result.scenario, form))
    for table in exported_tables(result, form):
        found[f"{table.code}.csv"] = table_content(table, result, form, "csv", "zh").decode(
            "utf-8-sig"
        )
        held = BytesIO(table_content(table, result, form, "parquet", "zh"))
        read = pq.read_table(held)
        about = {k.decode(): v.decode() for k, v in (read.schema.metadata or {}).items()}
        found[f"{table.code}.parquet"] = read.to_pandas().to_csv() + str(about)
    return found


@pytest.mark.parametrize("form", OUTSIDE)
def test_no_ground_of_exemption_leaves_in_any_file(result: Result, form: Form) -> None:
    for name, text in _everything(result, form).items():
        assert not [w for w in GROUND_WORDS if w in text], name


def test_inside_the_grounds_are_told(result: Result) -> None:
    text = _everything(result, "internal")
    assert "医疗" in text["eligibility.csv"]
    assert "医疗" in text["workbook"]
    assert "孕哺期" in text["confirm"]


@pytest.mark.parametrize("form", OUTSIDE)
def test_outside_a_reason_not_to_move_reads_only_that_it_is_within_the_rules(
    result: Result, form: Form
) -> None:
    text = table_content(_table("eligibility"), result, form, "csv", "zh").decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    kept = [r["资格认定原因"] for r in rows if r["交流资格"] == "暂不交流"]
    assert kept
    assert set(kept) == {STANDING_REASON["withheld"].zh}


@pytest.mark.parametrize("form", FORMS)
def test_no_identity_number_leaves_in_any_file(result: Result, form: Form) -> None:
    for name, text in _everything(result, form).items():
        assert NUMBER not in text, name


def test_on_the_open_web_nobody_is_named(result: Result) -> None:
    for name, text in _everything(result, "web").items():
        assert not [t.name for t in result.scenario.county.teachers if t.name in text], name
        assert "教师1" not in text, name


def _table(code: str):
    return next(t for t in TABLES if t.code == code)


def test_codes_of_tables_are_file_names_and_each_stands_once() -> None:
    codes = [t.code for t in TABLES]
    assert len(set(codes)) == len(codes)
    assert all(c.replace("_", "").isalpha() for c in codes)


def test_what_stays_inside_is_not_written_outside(toy: Result) -> None:
    inside = {t.code for t in exported_tables(toy, "internal")}
    outside = {t.code for t in exported_tables(toy, "publication")}
    assert inside - outside == {
        "changes", "heads", "ties", "swap_cycles", "readings", "rules",
    }  # fmt: skip
    nobody = {t.code for t in exported_tables(toy, None)}
    assert outside - nobody == {"exchange", "eligibility", "terms"}


def test_a_table_of_persons_cannot_be_made_without_a_form(result: Result) -> None:
    with pytest.raises(ValueError, match="form must be chosen"):
        _table("exchange").of(result, None, "zh")
    with pytest.raises(ValueError, match="not in this form"):
        _table("ties").of(result, "web", "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_table_read_back_from_parquet_equals_the_table(toy: Result, lang) -> None:
    written = list(exported_tables(toy, "internal"))
    assert len(written) > 35
    for table in written:
        made = table.of(toy, "internal", lang)
        read = pd.read_parquet(BytesIO(parquet_bytes(made, table.title)))
        pd.testing.assert_frame_equal(read, made, check_dtype=len(made) > 0, obj=table.code)


def test_parquet_says_its_headings_and_words_in_both_languages(toy: Result) -> None:
    table = _table("coverage")
    schema = pq.read_schema(BytesIO(table_content(table, toy, None, "parquet", "zh")))
    assert schema.field("needed").metadata[b"title_zh"].decode() == "所需课时（节/周）"
    assert schema.metadata[b"title_en"] == b"Coverage"
    words = json.loads(schema.metadata[b"words"])
    assert words["stage"]["junior"] == ["初中", "junior"]


def test_every_table_is_a_csv_with_a_mark_and_its_rows(toy: Result, tmp_path: Path) -> None:
    for path in write_tables(tmp_path / "t", toy, "publication", "csv"):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        made = _table(path.stem).of(toy, "publication", "zh")
        assert len(rows) == len(made) + 1, path.stem
        assert all(len(row) == len(rows[0]) for row in rows), path.stem


def test_an_outcome_fits_the_published_schema(toy: Result) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(outcome_schema())
    validator.check_schema(outcome_schema())
    data = json.loads(toy.outcome.model_dump_json())
    assert [e.message for e in validator.iter_errors(data)] == []
    divided = json.loads(cases.solved(cases.lifted()).model_dump_json())
    assert [e.message for e in validator.iter_errors(divided)] == []
    assert list(validator.iter_errors({**data, "status": "made up"}))
    broken = {**data, "parts": [{**data["parts"][0], "part": "nothing"}]}
    assert list(validator.iter_errors(broken))


def test_the_title_of_a_table_without_words_of_its_own_is_kept() -> None:
    read = pq.read_schema(BytesIO(parquet_bytes(pd.DataFrame({"x": [1]}), Text("表", "T"))))
    assert read.metadata[b"title_zh"].decode() == "表"
