"""What a living check is, and the sheet of all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from allocator.files.workbook.sheet import FIRST_ROW, Alarm, Formula, Letters, Sheet, reads
from allocator.insight.vocabulary import KEPT
from allocator.modelling import Language, Text

FUZZ = "0.000000001"
"""Coefficients are real numbers: closer than this is equal."""

_READ = Text("说明", "How to read this")
_LIVING = Text(
    "本表全部由公式计算：在交流名单改动去向（学校、校区）、在名额分配表改动名额、在编制岗位表改动商定岗位，"
    "这里立即显示是否达到。“导出时”为导出时独立核验的结论。未列入本表的规则只有导出时的结论，"
    "改动后请用 allocator audit 核验。",
    "Formulas throughout: change a destination (school, campus) in the exchange list, places in "
    "the quota matrix or agreed posts, and this sheet shows at once what is kept. At export: the "
    "verdict of the audit when the workbook was made. Rules not listed here have only that: after "
    "an edit let allocator audit judge.",
)


@dataclass(frozen=True)
class Check:
    """One condition that a formula counts again.

    Parameters
    ----------
    actual, limit
        Formulas, from ``=`` on; a limit without a formula is the number alone.
    value, asked
        What they give today.
    sheet
        The sheet on which what is counted can be seen and changed.
    rule
        Number of its rule on the sheet of rules; 0 for what no rule asks.
    """

    title: str
    place: str
    measure: str
    actual: str
    value: float
    sense: str
    asked: float
    unit: str
    sheet: Text
    limit: str = ""
    rule: int = 0

    @property
    def kept(self) -> bool:
        """Whether the limit is kept today."""
        excess = self.value - self.asked
        if self.sense == "==":
            return abs(excess) <= float(FUZZ)
        return (excess if self.sense == "<=" else -excess) <= float(FUZZ)


def check_sheet(checks: Sequence[Check], lang: Language) -> Sheet:
    """One row a check: what is counted, the limit, and the verdict, all living."""
    table = pd.DataFrame(
        [
            {
                "title": c.title,
                "place": c.place,
                "measured": c.measure,
                "actual": float(c.value),
                "sense": c.sense,
                "limit": float(c.asked),
                "unit": c.unit,
                "kept": c.kept,
                "kept_at_export": c.kept,
                "seen_on": c.sheet.say(lang),
                "rule_no": c.rule,
            }
            for c in checks
        ]
    )
    yes, no = (KEPT[kept].say(lang) for kept in (True, False))

    def of(row: int) -> Check:
        return checks[row - FIRST_ROW]

    def kept(at: Letters, row: int) -> str:
        actual, limit = f"{at['actual']}{row}", f"{at['limit']}{row}"
        if of(row).sense == "==":
            holds = f"ABS({actual}-{limit})<={FUZZ}"
        elif of(row).sense == "<=":
            holds = f"{actual}-{limit}<={FUZZ}"
        else:
            holds = f"{limit}-{actual}<={FUZZ}"
        return f'=IF({holds},"{yes}","{no}")'

    def link(at: Letters, row: int) -> str:
        name = of(row).sheet.say(lang)
        return f'=HYPERLINK("#\'{name}\'!A1","{name}")'

    formulas: dict[str, Formula] = {
        "actual": lambda at, row: of(row).actual,
        "limit": lambda at, row: of(row).limit,
        "kept": kept,
        "seen_on": link,
    }
    return Sheet(
        Text("活动核验", "Living checks"),
        Text("活动核验（由公式随改动重新计算）", "Living checks: formulas that follow every edit"),
        table,
        names={"rule_no": Text("规则序号", "Rule no.").say(lang)},
        fixed=2,
        formulas=formulas,
        alarms=(
            reads("kept", no),
            Alarm("actual", lambda at, row: f'=${at["kept"]}{row}="{no}"'),
            Alarm("kept", lambda at, row: f'=${at["kept"]}{row}="{yes}"', fine=True),
            reads("kept_at_export", no),
        ),
        below=((_READ.say(lang), _LIVING.say(lang)),),
        hidden=("rule_no",),
        called={"checks_rule_no": "rule_no", "checks_kept": "kept"},
    )
