"""Whatever stands in the cells, an import ends with a checked scenario or with what is open."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import Any

import pytest

from allocator.county.checks import problems_of
from allocator.files.books import RawBook, RawSheet
from allocator.files.intake.marked_copy import marked_copy
from allocator.files.intake.proposal import How, answered, propose, remembered
from allocator.files.intake.report import change_table, counts, report
from allocator.files.scenarios import text_of
from allocator.scenario import Scenario
from tests.sheets import sheets_of, toy

IDENTITY = "110105198203070017"
ODD: tuple[Any, ...] = (
    None, "", "无", "x" * 60, "=1+1", -1, 0, 1, 3.7, 1e300, 10**17, True, False,
    date(2016, 9, 1), datetime(1900, 1, 1), "2016.1", 2016.1, "示例城区初中", "C1", "T00001",
    "T00001、T00002", "A,B", IDENTITY, "是", "初中", "语文", "小学/初中", "\x00", "２０", "1/0",
    "2099-01", "nan", float("inf"), "S1", "Z1", "H1", "骨干", "年", "0.6", "60%", "-",
    "C1.junior", "S1.S2", "+", "#",
)  # fmt: skip
REPLACED = ("teachers", "schools", "campuses", "sections", "posts", "zones", "townships")


def _torn(rng: random.Random) -> RawBook:
    """The toy county as sheets, with sheets, columns and rows missing or double and odd cells."""
    sheets = []
    for name, rows in sheets_of(toy().county).items():
        if rng.random() < 0.25:
            continue
        kept = [list(row) for row in rows]
        if rng.random() < 0.5:
            wide = len(kept[0])
            columns = sorted(rng.sample(range(wide), max(1, int(wide * rng.random()))))
            kept = [[row[c] for c in columns] for row in kept]
        for row in kept[1:]:
            for c in range(len(row)):
                if rng.random() < 0.06:
                    row[c] = rng.choice(ODD)
        if rng.random() < 0.3:
            kept.append(list(rng.choice(kept[1:])))
        if rng.random() < 0.3:
            del kept[rng.randrange(1, len(kept))]
        sheets.append(RawSheet(name, tuple(map(tuple, kept))))
    return RawBook("torn.csv", "csv", tuple(sheets))


@pytest.mark.parametrize("seed", range(24))
def test_torn_sheets_end_in_a_sound_scenario_or_in_what_is_open(seed: int) -> None:
    rng = random.Random(seed)
    torn = _torn(rng)
    how: dict[str, How] = {name: "replace" for name in REPLACED if rng.random() < 0.2}
    made = propose(toy() if rng.random() < 0.6 else None, [torn], how=how)
    for _ in range(3):
        answers = {
            q.key: rng.choice(q.choices).code if q.choices else "示例" for q in made.questions
        }
        made = answered(made, answers)
    for frame in (report(made), report(made, "en"), change_table(made), counts(made)):
        assert IDENTITY not in frame.to_csv()
    assert IDENTITY not in remembered(made).model_dump_json()
    assert marked_copy(torn, made)
    assert made.open == (made.scenario is None)
    if made.scenario is not None:
        assert problems_of(made.scenario.county) == ()
        text = text_of(made.scenario)
        assert IDENTITY not in text
        assert Scenario.model_validate_json(text) == made.scenario
