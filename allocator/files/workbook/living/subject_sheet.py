"""Periods left uncovered by subject, summed from the sheet of coverage as it now reads."""

from __future__ import annotations

from allocator.county.places import STAGES
from allocator.files.workbook.chart import Chart, Tone
from allocator.files.workbook.living.movers import KEY, Living
from allocator.files.workbook.sheet import FIRST_ROW, Formula, Sheet, above_zero
from allocator.insight.staffing_tables import coverage
from allocator.insight.vocabulary import STAGE
from allocator.modelling import Text

_CHARTS = {
    "primary": Text("小学各学科课时缺口（前、后）", "Primary: uncovered periods, before and after"),
    "junior": Text("初中各学科课时缺口（前、后）", "Junior: uncovered periods, before and after"),
}
_SERIES: tuple[tuple[str, Tone], ...] = (
    ("uncovered_before", "before"), ("uncovered_after", "after"),
)  # fmt: skip
_SUMMED = ("needed", "uncovered_before", "uncovered_after")


def subject_sheet(living: Living) -> Sheet | None:
    """Stage by subject: what is needed and left uncovered, with a chart of each stage."""
    table = coverage(living.scenario, living.seen, living.lang)
    if table.empty:
        return None
    by = ["stage", "subject_id", "subject"]
    sums = table.groupby(by, as_index=False, sort=False)[list(_SUMMED)].sum()
    rank = [
        (STAGES.index(stage), living.subject_no[subject])
        for stage, subject in zip(sums["stage"], sums["subject_id"], strict=True)
    ]
    sums = sums.iloc[sorted(range(len(rank)), key=rank.__getitem__)].reset_index(drop=True)
    lines = list(zip(sums["stage"], sums["subject_id"], strict=True))

    def summed(column: str) -> Formula:
        def formula(_: object, row: int) -> str:
            stage, subject = lines[row - FIRST_ROW]
            return (
                f"=SUMPRODUCT((MOD(coverage_no,{KEY})={living.subject_no[subject]})"
                f'*(coverage_stage="{STAGE[stage].say(living.lang)}")*coverage_{column})'
            )

        return formula

    return Sheet(
        Text("课时缺口汇总", "Coverage by subject"),
        Text("分学科课时缺口（方案前后）", "Periods left uncovered by subject"),
        sums,
        fixed=2,
        totals=_SUMMED,
        formulas={column: summed(column) for column in _SUMMED},
        alarms=(above_zero("uncovered_before"), above_zero("uncovered_after")),
        charts=tuple(
            Chart(_CHARTS[stage], "subject", _SERIES, (rows[0], len(rows)))
            for stage in STAGES
            if (rows := [n for n, line in enumerate(lines) if line[0] == stage])
        ),
        filtered=False,
    )
