"""Time files of a whole county: a roster of 10,000 teachers read, the results of 8,500 written.

Run this file. Seconds are the least of several runs; processor seconds stand beside the wall clock,
and the ratio is against parsing the same file with calamine alone, so that machines compare.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from python_calamine import CalamineWorkbook

from allocator.files import load
from allocator.files.books import open_book
from allocator.files.export import Result
from allocator.files.export.folder import write_tables
from allocator.files.export.geo import geojson
from allocator.files.forms.confirm import confirm_bytes
from allocator.files.forms.notices import notices_bytes
from allocator.files.intake.headers import recognise
from allocator.files.intake.values import Reader
from allocator.files.workbook import workbook_bytes
from allocator.records import table
from allocator.samples.toy import toy_county
from allocator.solving.solve import solve_scenario

CIXI = Path(__file__).parents[2] / "scenarios" / "cixi-2020.json"
TEACHERS = 10_000
RUNS = 3
HEADINGS = (
    "序号", "工号", "教师姓名", "单位", "学段", "任教学科", "性别", "出生年月", "参加工作时间",
    "进本校年月", "职称", "最高学历", "骨干称号", "行政职务", "是否在编", "人员状态",
    "农村任教年限", "是否毕业班", "是否自愿交流", "减课时", "教师资格", "身份证号", "联系电话",
    "备注",
)  # fmt: skip


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor, the least of several runs."""
    clock, spent = [], []
    for _ in range(RUNS):
        begin, before = time.perf_counter(), time.process_time()
        what()
        clock.append(time.perf_counter() - begin)
        spent.append(time.process_time() - before)
    return min(clock), min(spent)


def roster(teachers: int = TEACHERS) -> bytes:
    """A roster as a bureau keeps it: title, merged cells, months in several forms."""
    chance, held = random.Random(7), BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet("教师花名册")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, "某县教师花名册")
        sheet.write_row(1, 0, HEADINGS)
        for n in range(teachers):
            born = f"{chance.randint(1962, 1998)}.{chance.randint(1, 12)}"
            sheet.write_row(
                n + 2, 0,
                (
                    n + 1, f"T{n:05}", f"教师{n}", f"第{n % 120 + 1}小学", "小学",
                    chance.choice(("语文", "数学", "英语", "体育")), chance.choice("男女"), born,
                    f"{chance.randint(1985, 2018)}年{chance.randint(1, 12)}月",
                    f"{chance.randint(2000, 2019)}/{chance.randint(1, 12)}/1",
                    chance.choice(("中小学一级", "中小学高级", "小学高级", "二级")),
                    chance.choice(("大学本科", "专科", "硕士研究生")),
                    chance.choice(("无", "县级骨干", "教坛新秀、县级骨干")),
                    chance.choice(("无", "班主任", "教导主任")), "是", "在岗", n % 12, "否",
                    chance.choice(("是", "否", "√")), 0, "小学语文", f"3302{n:014}",
                    f"138{n:08}", "",
                ),
            )  # fmt: skip
    return held.getvalue()


def read(content: bytes) -> int:
    """Open, recognise and read every cell of every field; how many were read."""
    county, count = toy_county(), 0
    for found in recognise(open_book(content, "花名册.xlsx"), county).tables:
        fields = table(found.table).fields
        for column, name in found.columns.items():
            cells = [found.sheet.rows[row][column] for row in found.rows]
            reader = Reader(fields[name], county, cells)
            count += sum(reader.read(cell).problem is None for cell in cells)
    return count


def read_roster() -> None:
    """Reading a roster."""
    content = roster()
    alone, _ = timed(
        lambda: CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    opened, _ = timed(lambda: open_book(content, "花名册.xlsx"))
    clock, spent = timed(lambda: read(content))
    print(
        f"{TEACHERS} teachers, {len(HEADINGS)} columns: opened {opened:.2f} s, with all values "
        f"{clock:.2f} s (processor {spent:.2f} s, {clock / alone:.1f} times calamine alone)"
    )


@cache
def solved() -> Result:
    """The bundled county of 8,500 teachers and its outcome."""
    scenario = load(CIXI)
    return Result(scenario, solve_scenario(scenario))


def write_results() -> None:
    """Writing the results workbook of the bundled county of 8,500 teachers, tables included."""
    scenario, outcome = solved().scenario, solved().outcome
    content = workbook_bytes(scenario, outcome, internal=True)
    clock, spent = timed(lambda: workbook_bytes(scenario, outcome, internal=True))
    print(
        f"results of {len(scenario.county.teachers)} teachers, {len(content) / 1e6:.1f} MB: "
        f"written {clock:.2f} s (processor {spent:.2f} s)"
    )


def write_the_rest() -> None:
    """Writing what else a bureau takes away of it, tables counted anew each time."""

    def fresh() -> Result:
        return Result(solved().scenario, solved().outcome)

    with TemporaryDirectory() as folder:
        written: dict[str, Callable[[], object]] = {
            "notices": lambda: notices_bytes(fresh(), "internal"),
            "lists to confirm": lambda: confirm_bytes(solved().scenario, "internal"),
            "every table, CSV": lambda: write_tables(
                Path(folder, "csv"), fresh(), "internal", "csv"
            ),
            "every table, Parquet": lambda: write_tables(
                Path(folder, "parquet"), fresh(), "internal", "parquet"
            ),
            "map": lambda: json.dumps(geojson(solved().scenario, fresh())),
        }
        for name, what in written.items():
            clock, spent = timed(what)
            print(f"{name}: written {clock:.2f} s (processor {spent:.2f} s)")


PARTS: tuple[Callable[[], None], ...] = (read_roster, write_results, write_the_rest)


def main() -> None:
    """Time every part, or those named."""
    for part in PARTS:
        if len(sys.argv) < 2 or part.__name__ in sys.argv[1:]:
            part()


if __name__ == "__main__":
    main()
