"""Words for the terms of both parts: title, unit and choices of each field, and what it does."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.modelling import Parameter, Text
from allocator.modelling.rule import Unit
from allocator.scenario import PartName
from allocator.staffing.need import COVERAGE_CHOICES


def _said(
    zh: str, en: str, unit: Unit = "", choices: tuple[tuple[str, Text], ...] = ()
) -> Parameter:
    return Parameter("", Text(zh, en), unit, choices)


COLUMNS: Mapping[str, Text] = {
    "registered": Text("三年学籍毕业生", "graduates with three years' registration"),
    "graduates": Text("全部毕业生", "all graduates"),
}
"""Columns of the base that every junior high has."""

WORDS: Mapping[tuple[PartName, str], Parameter] = {
    ("staffing", "start"): _said("交流开始年月（如 2020-09）", "first month of moves (as 2020-09)"),
    ("staffing", "years"): _said("交流期限", "length of a secondment", "years"),
    ("staffing", "opening_kind"): _said(
        "新校首批教师的方式",
        "first team of a new school comes by",
        "choice",
        (
            ("transfer", Text("随调（转人事关系）", "transfer (with the post relation)")),
            ("secondment", Text("交流/支教（期满返回）", "secondment (for a term)")),
        ),
    ),
    ("staffing", "coverage"): _said(
        "开课是否足够，按什么计算", "coverage is counted against", "choice", COVERAGE_CHOICES
    ),
    ("staffing", "minutes_per_move"): _said(
        "每次交流折算的车程", "a move counts as so much travel", "minutes"
    ),
    ("admission", "base"): _said(
        "分配依据",
        "what entitles to places",
        "choice",
        (
            *COLUMNS.items(),
            ("column", Text("自定义的一列", "one column of the bureau's own")),
            ("formula", Text("多列加权", "several columns, weighted")),
        ),
    ),
    ("admission", "private_factor"): _said(
        "民办初中毕业生折算",
        "a graduate of a private junior high counts for",
        "share",
    ),
    ("admission", "pool_below"): _said(
        "合并计算的学校达到多少人即单列", "a pooled school stands alone from", "people"
    ),
    ("admission", "rounding"): _said(
        "取整办法",
        "how the table is rounded",
        "choice",
        (
            ("biproportional", Text("双向比例（整表）", "biproportional, the whole table")),
            ("controlled", Text("受控取整（整表）", "controlled rounding, the whole table")),
            ("largest_remainder", Text("最大余数（逐所高中）", "largest remainder, each high")),
            ("divisor", Text("除数法（逐所高中）", "divisor method, each high")),
            ("down", Text("去尾后退还余额（逐所高中）", "down, the rest returned, each high")),
            ("half_up", Text("四舍五入（逐所高中）", "half up, each high")),
            ("lots", Text("余数抽签（逐所高中）", "lots for the rest, each high")),
        ),
    ),
    ("admission", "method"): _said(
        "除数法的进位点",
        "signposts of the divisor method",
        "choice",
        (
            ("webster", Text("韦伯斯特（过半进位）", "Webster (from one half)")),
            ("hill", Text("希尔（几何平均）", "Hill (geometric mean)")),
            ("dean", Text("迪安（调和平均）", "Dean (harmonic mean)")),
            ("dhondt", Text("汉狄（去尾，利于大校）", "D'Hondt (down, favours large schools)")),
            ("adams", Text("亚当斯（进一，利于小校）", "Adams (up, favours small schools)")),
        ),
    ),
    ("admission", "ties"): _said(
        "并列时",
        "a tie is settled by",
        "choice",
        (
            (
                "protocol",
                Text(
                    "按既定次序（受保护、余数大、代码小者优先）",
                    "the protocol: protected, larger remainder, code",
                ),
            ),
            ("lot", Text("按登记的抽签结果", "the lot on record")),
        ),
    ),
    ("admission", "usable.years"): _said(
        "估计使用率所看的往年", "earlier years looked at for use", "years"
    ),
    ("admission", "usable.enough_cell"): _said(
        "一对学校的记录单独可信所需名额", "places that make a pair's record speak", "places"
    ),
    ("admission", "usable.enough_junior_high"): _said(
        "一所初中的记录单独可信所需名额", "places that make a junior high's record speak", "places"
    ),
    ("admission", "usable.enough_senior_high"): _said(
        "一所高中的记录单独可信所需名额", "places that make a senior high's record speak", "places"
    ),
    ("admission", "sequence.points_below"): _said(
        "名额分配录取可低于统招线多少分", "points below the line of the senior high, at most"
    ),
}
"""Part and field -> its words. A field of a record inside the terms is named with a dot."""

HELP: Mapping[tuple[PartName, str], Text] = {
    ("staffing", "years"): Text(
        "期满有返回原学校的权利。", "When it is over there is a right of return."
    ),
    ("staffing", "coverage"): Text(
        "课时：课程计划要求的每周节数。核定岗位：与学校商定的岗位数乘以周课时。",
        "Periods: what the periods table asks for. Agreed posts: posts times load.",
    ),
    ("staffing", "minutes_per_move"): Text(
        "末位目标中，一次交流相当于多少分钟车程；越大，交流越少。",
        "In the last goal; the larger, the fewer moves.",
    ),
    ("admission", "private_factor"): Text(
        "100%：与公办一样计入；0：不计入。", "100 %: as any other; 0: not at all."
    ),
    ("admission", "pool_below"): Text(
        "留空：列入合并的学校一律合并。", "Empty: all schools listed in a pool stay in it."
    ),
    ("admission", "rounding"): Text(
        "逐所高中取整时，小规模初中可能一个名额也分不到；初中的保底和上限规则也不起作用。",
        "Rounding each senior high by itself may leave a small junior high without any place; "
        "rules on junior highs then do not bind.",
    ),
    ("admission", "ties"): Text(
        "抽签结果没有涉及的并列，按既定次序。", "Where the lot is silent, the protocol decides."
    ),
}
"""What is worth saying beside a control."""

ELSEWHERE: frozenset[tuple[PartName, str]] = frozenset(
    {
        ("staffing", "published"),
        ("admission", "column"),
        ("admission", "formula"),
        ("admission", "deductions"),
    }
)
"""Fields with a form of their own."""
