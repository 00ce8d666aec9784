"""The workbook counts itself again after edits, as LibreOffice works out and the audit says."""

from __future__ import annotations

import random
from io import BytesIO

import openpyxl
import pytest

from allocator.audit import audit
from allocator.county.plan import Plan, QuotaCell
from allocator.files.workbook import workbook_bytes
from allocator.files.workbook.sheet import FIRST_ROW
from allocator.insight.names import namer
from allocator.insight.staffing_tables import coverage
from allocator.samples import sample_scenario, toy_scenario
from allocator.scenario import with_rule
from allocator.solving.solve import solve_scenario
from allocator.staffing.decode import teaching
from allocator.staffing.placement import placement
from tests.files.office import Office, office, saved
from tests.staffing.toy import varied

__all__ = ["office"]

HEADINGS = FIRST_ROW - 1
CHECKS, LIST, MATRIX = "活动核验", "交流名单", "名额分配表"


class Case:
    """A solved county with its workbook."""

    def __init__(self, scenario) -> None:
        self.scenario = scenario
        self.county = scenario.county
        self.outcome = solve_scenario(scenario)
        self.content = workbook_bytes(scenario, self.outcome)
        self.plan = self.outcome.plan
        self._found: openpyxl.Workbook | None = None

    def recalculated(self, office: Office) -> openpyxl.Workbook:
        """The workbook untouched, worked out once."""
        if self._found is None:
            self._found = office.recalculated(self.content)
        return self._found

    def book(self) -> openpyxl.Workbook:
        return openpyxl.load_workbook(BytesIO(self.content))

    def judged(self, plan: Plan):
        """(title, place) -> reading, of an edited plan judged by the audit."""
        serving = {t: self.county.home(v) for t, v in self.county.teacher.items()}
        serving.update((m.teacher, self.county.places[m.destination]) for m in plan.moves)
        by = self.scenario.staffing.terms.coverage
        plan = plan.model_copy(update={"teaching": tuple(teaching(self.county, serving, by))})
        verdicts = audit(self.scenario, plan).verdicts
        rules = {c.rule.name: c.rule for part in ("staffing", "admission")
                 for c in self.scenario.configured(part)}  # fmt: skip
        name = namer(self.scenario, "zh")
        found = {(rules[v.rule].title.zh, name(r.where)): r for v in verdicts for r in v.readings}
        return found, plan


@pytest.fixture(scope="module")
def toy() -> Case:
    return Case(toy_scenario())


@pytest.fixture(scope="module")
def middle() -> Case:
    return Case(sample_scenario(teachers=1500, seed=2020, year=2020))


@pytest.fixture(params=["toy", "middle"])
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.getfixturevalue(request.param)
    return found


def heads(sheet) -> dict[str, int]:
    return {c.value: c.column for c in sheet[HEADINGS] if c.value is not None}


def lines(book, title: str) -> list[dict[str, object]]:
    """The rows of the table of a sheet, hidden columns included."""
    sheet = book[title]
    names = list(heads(sheet))
    found = []
    for row in sheet.iter_rows(min_row=FIRST_ROW, max_col=len(names), values_only=True):
        if row[0] is None:
            break
        found.append(dict(zip(names, row, strict=True)))
    return found


def broken(book) -> set[tuple[object, object]]:
    return {(r["规则"], r["位置"]) for r in lines(book, CHECKS) if r["核验结论"] == "未达到"}


def errors(book) -> list[str]:
    return [
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e" or (isinstance(cell.value, str) and cell.value.startswith("#N"))
    ]


def test_every_stored_value_is_what_the_formula_gives(case, office) -> None:
    as_stored(case, office)


def test_formulas_count_staff_of_a_closed_school_and_a_cap_on_some_indicators(office) -> None:
    none = {"pupils": 0, "classes": (0, 0, 0), "graduates": 0, "registered_graduates": 0}
    made = toy_scenario().model_copy(
        update={"county": varied(sections={3: none}), "admission": None}
    )
    chosen = {"binds": "mean", "indicators": ["L1", "L2"]}
    closed = Case(with_rule(made, "staffing", {"rule": "balance_cap", "parameters": chosen}))
    as_stored(closed, office)
    found = lines(closed.recalculated(office), "均衡指标")
    told = {(r["学段"], r["代码"]): r for r in found if r["学段"] == "初中"}
    assert {"L1", "L2"} <= {code for _, code in told}
    (line,) = [r for r in told.values() if r["目标"] is not None]
    both = [float(str(told["初中", i]["方案后"])) for i in ("L1", "L2")]
    assert line["方案后"] == pytest.approx(sum(both) / 2)


def as_stored(case: Case, office: Office) -> None:
    """Every formula of a workbook gives the value stored beside it."""
    live = case.book()
    stored = openpyxl.load_workbook(BytesIO(case.content), data_only=True)
    found = case.recalculated(office)
    formulas = 0
    for sheet in live:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "f":
                    continue
                formulas += 1
                was = stored[sheet.title][cell.coordinate].value
                now = found[sheet.title][cell.coordinate].value
                where = (sheet.title, cell.coordinate, cell.value)
                if isinstance(was, int | float):
                    assert now == pytest.approx(was, abs=1e-9, rel=1e-9), where
                else:
                    assert now == was, where
    assert formulas > 500
    assert errors(found) == []


def test_checks_read_as_the_audit_says(case, office) -> None:
    readings, _ = case.judged(case.plan)
    rows = lines(case.recalculated(office), CHECKS)
    for row in rows:
        assert row["核验结论"] == row["导出时"]
        if row["规则序号"]:
            reading = readings[row["规则"], row["位置"]]
            assert (row["核验结论"] == "达到") is reading.kept
    assert {"教师交流比例", "学校流动上限", "农村初中名师配备", "校际差异系数"} <= {
        row["规则"] for row in rows
    }


def moved_elsewhere(case: Case, seed: int) -> tuple[openpyxl.Workbook, Plan]:
    """Send some people elsewhere and keep some at home, on the list and in the plan alike."""
    draw = random.Random(seed)
    book = case.book()
    sheet = book[LIST]
    at = heads(sheet)
    moves = {m.teacher: m for m in case.plan.moves}
    rows = [r for r in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(r, 1).value in moves]
    chosen = draw.sample(rows, min(len(rows), 12))
    for n, row in enumerate(chosen):
        move = moves[sheet.cell(row, at["教职工号"]).value]
        origin = case.county.places[move.origin]
        others = [
            p for p in case.county.places.values()
            if p.stage == origin.stage and not p.school.private
            and p.id not in (move.origin, move.destination)
        ]  # fmt: skip
        if n % 4 == 3 or not others:
            sheet.cell(row, at["交流学校"]).value = None
            del moves[move.teacher]
            continue
        place = draw.choice(others)
        sheet.cell(row, at["交流学校"]).value = place.school.name
        sheet.cell(row, at["交流校区"]).value = place.campus.name
        moves[move.teacher] = move.model_copy(update={"destination": place.id})
    return book, case.plan.model_copy(update={"moves": tuple(moves.values())})


@pytest.mark.parametrize("seed", [1, 2])
def test_after_edits_of_destinations_every_check_says_what_the_audit_says(
    case, office, seed
) -> None:
    book, plan = moved_elsewhere(case, seed)
    readings, plan = case.judged(plan)
    found = office.recalculated(saved(book))
    assert errors(found) == []
    changed = 0
    rows = lines(found, CHECKS)
    untouched = {
        (r["规则"], r["位置"]): r["实际"] for r in lines(case.recalculated(office), CHECKS)
    }
    for row in rows:
        if not row["规则序号"]:
            continue
        reading = readings[row["规则"], row["位置"]]
        where = (row["规则"], row["位置"])
        assert row["实际"] == pytest.approx(float(reading.actual), abs=1e-9), where
        assert row["限值"] == pytest.approx(float(reading.limit), abs=1e-9), where
        assert (row["核验结论"] == "达到") is reading.kept, where
        changed += row["实际"] != untouched[where]
    assert changed
    table = coverage(case.scenario, placement(case.county, plan).plan, "zh")
    taught = {
        (r.school, r.campus, r.stage, r.subject): int(r.uncovered_after) for r in table.itertuples()
    }
    words = {"小学": "primary", "初中": "junior"}
    for row in lines(found, "学科课时覆盖")[: len(table)]:
        key = (row["学校"], row["校区"], words[str(row["学段"])], row["学科"])
        assert row["缺口·后（节）"] == taught[key], key


def test_one_person_sent_elsewhere_breaks_that_school_alone(toy, office) -> None:
    book = toy.book()
    sheet = book[LIST]
    at = heads(sheet)
    row = next(
        r for r in range(FIRST_ROW, sheet.max_row + 1)
        if sheet.cell(r, at["交流学校"]).value == "示例村初中"
    )  # fmt: skip
    sheet.cell(row, at["交流学校"]).value = "示例镇初中"
    sheet.cell(row, at["交流校区"]).value = "示例镇初中"
    before, after = broken(toy.recalculated(office)), broken(office.recalculated(saved(book)))
    assert ("学校流动上限", "示例镇初中（流入）") in after - before
    assert {place for _, place in after - before} <= {
        "示例镇初中（流入）", "示例村初中", "全县",
    }  # fmt: skip


def test_a_quota_cell_changed_breaks_its_senior_high(case, office) -> None:
    book = case.book()
    cell = book[MATRIX].cell(FIRST_ROW, 2)
    high = book[MATRIX].cell(HEADINGS, 2).value
    cell.value -= 1
    found = office.recalculated(saved(book))
    new = broken(found) - broken(case.recalculated(office))
    assert {place for _, place in new if place == high}
    assert ("名额合计与应分名额", high) in new
    assert all(rule in ("名额合计与应分名额", "名额分配比例", "农村和薄弱初中保底")
               for rule, _ in new)  # fmt: skip
    rules = {r["规则"]: r["核验结论"] for r in lines(found, "规则核验")}
    assert rules["名额分配比例"] == "未达到"


def test_places_given_to_another_junior_high_are_judged_as_the_audit_does(case, office) -> None:
    book = case.book()
    sheet = book[MATRIX]
    table = {(q.senior_high, q.junior_high): q.places for q in case.plan.quotas}
    high = sorted({h for h, _ in table})[0]
    codes = {row[2]: row[4] for row in case.book()["_allocator"].iter_rows(values_only=True)
             if row[0] == "quota_matrix"}  # fmt: skip
    column, ids = codes[f"places:{high}"], codes["school_id"]
    rows = {sheet.cell(r, ids).value: r for r in range(FIRST_ROW, sheet.max_row + 1)
            if sheet.cell(r, ids).value}  # fmt: skip
    given = sorted((n, j) for (h, j), n in table.items() if h == high)
    (_, to), (most, of) = given[0], given[-1]
    for junior, change in ((of, -most), (to, most)):
        table[high, junior] += change
        sheet.cell(rows[junior], column).value = table[high, junior]
    cells = tuple(QuotaCell(senior_high=h, junior_high=j, places=n) for (h, j), n in table.items())
    readings, _ = case.judged(case.plan.model_copy(update={"quotas": cells}))
    for row in lines(office.recalculated(saved(book)), CHECKS):
        if row["规则序号"]:
            reading = readings[row["规则"], row["位置"]]
            assert row["实际"] == pytest.approx(float(reading.actual), abs=1e-9)
            assert (row["核验结论"] == "达到") is reading.kept


def test_agreed_posts_changed_show_in_posts_and_vacancies(case, office) -> None:
    book = case.book()
    sheet = book["编制岗位表"]
    at = heads(sheet)
    row = next(r for r in range(FIRST_ROW, sheet.max_row) if sheet.cell(r, at["商定岗位"]).value)
    sheet.cell(row, at["商定岗位"]).value = 99
    found = office.recalculated(saved(book))
    line = lines(found, "编制岗位表")[row - FIRST_ROW]
    assert line["岗位数"] == 99
    assert line["缺编·后（人）"] == 99 - int(str(line["在岗·后（人）"]))
    checks = {str(r["位置"]): r for r in lines(found, CHECKS) if r["规则"] == "有编必补"}
    assert [place for place, r in checks.items() if r["限值"] == 99 and r["核验结论"] == "未达到"]


def test_a_destination_that_is_no_school_and_a_name_added_are_told(toy, office) -> None:
    book = toy.book()
    sheet = book[LIST]
    at = heads(sheet)
    sheet.cell(FIRST_ROW, at["交流学校"]).value = "无此学校"
    other = next(t for t in toy.county.teacher if t not in {m.teacher for m in toy.plan.moves})
    sheet.cell(FIRST_ROW + 1, at["教职工号"]).value = other
    new = broken(office.recalculated(saved(book)))
    assert {("名单去向可以识别", "全县"), ("名单没有新增的人", "全县")} <= new


def test_rules_say_which_verdicts_follow_edits(case, office) -> None:
    found = lines(case.recalculated(office), "规则核验")
    how = {r["规则"]: r["核验方式"] for r in found}
    assert how["学校流动上限"] == how["名额分配比例"] == "公式（随改动更新）"
    assert how["普通教师交流范围"] == "导出时核验"
