"""The sentences that explain a division, and the words for its methods."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.admission.signposts import Method
from allocator.admission.terms import Rounding
from allocator.modelling import Text

STEP_TITLE: Mapping[str, Text] = {
    "base": Text("基数", "Base"),
    "entitlement": Text("按比例应得", "Proportional share"),
    "bounds": Text("保底与上限", "Floors and caps"),
    "factor": Text("系数", "Factor"),
    "top_up": Text("另加名额", "Top-up"),
    "claim": Text("取整前应得", "Claim before rounding"),
    "total": Text("合计取整", "Rounding of the total"),
    "cells": Text("分到各高中", "Split among senior highs"),
    "ties": Text("并列", "Ties"),
    "result": Text("结果", "Result"),
}

ROUNDING: Mapping[Rounding, Text] = {
    "biproportional": Text("双向比例分配", "biproportional table"),
    "controlled": Text("受控取整", "controlled rounding"),
    "largest_remainder": Text("各高中最大余数法", "largest remainder, each senior high by itself"),
    "divisor": Text("各高中除数法", "divisor method, each senior high by itself"),
    "down": Text("舍去小数，余额退回统招", "rounded down, the rest returned to unified admission"),
    "half_up": Text("四舍五入（合计可能不符）", "rounded half up (sums may break)"),
    "lots": Text("舍去小数，余额抽签", "rounded down, the rest by lot"),
}
METHOD: Mapping[Method, Text] = {
    "webster": Text("韦伯斯特法（标准取整）", "Webster (standard rounding)"),
    "dhondt": Text("洪德法（舍去取整）", "D'Hondt (rounding down)"),
    "adams": Text("亚当斯法（进一取整）", "Adams (rounding up)"),
    "hill": Text("希尔法（几何平均取整）", "Hill (geometric mean)"),
    "dean": Text("迪安法（调和平均取整）", "Dean (harmonic mean)"),
}
SIGNPOST: Mapping[Method, str] = {
    "webster": "d(k) = k - 1/2",
    "dhondt": "d(k) = k",
    "adams": "d(k) = k - 1",
    "hill": "d(k)² = k (k - 1)",
    "dean": "d(k) = 2k (k - 1) / (2k - 1)",
}

FORMULA = Text(
    "名额 = min(上限, max(下限, 取整(应得 × 行乘数 × 列乘数)))",
    "places = min(cap, max(floor, round(claim × row multiplier × column multiplier)))",
)
FORMULA_SQUARED = Text(
    "名额 = min(上限, max(下限, 取整(应得² × 行乘数 × 列乘数)))，界点同为平方",
    "places = min(cap, max(floor, round(claim² × row multiplier × column multiplier))), "
    "signposts squared",
)
ROUNDS = Text(
    "取整：乘积不小于 d(k) 且不大于 d(k+1) 时得 k 个，{signpost}。",
    "Rounding: a product of at least d(k) and at most d(k+1) gives k places, {signpost}.",
)

REGISTERED = Text("三年学籍毕业生", "graduates with three years' registration")
GRADUATES = Text("毕业生", "graduates")
LESS = Text("减", "less")
PRIVATE = Text("民办系数 {factor}", "private factor {factor}")
COUNTS = Text("计 {weight}", "counts {weight}")
QUOTA_PART = Text(
    "{high}：{quota} × {weight} ÷ {whole} {share}", "{high}: {quota} × {weight} / {whole} {share}"
)
SUM = Text("合计 {sum}", "in all {sum}")
NO_CLAIM = Text(
    "基数为零或不在任何高中的招生范围内，没有应得名额。",
    "It counts for nothing, or no senior high admits from it: no claim.",
)
FACTOR = Text("权重乘以 {factor}", "its weight is multiplied by {factor}")
TOP_UP = Text("另加 {places} 个", "{places} places on top")
CLAIM = Text("{high}：{claim}", "{high}: {claim}")
CLAIM_WHY = Text(
    "系数和另加名额使各校份额改变；每所高中先扣除另加名额，其余按加权基数分配。",
    "Factors and top-ups shift the shares: each senior high sets the top-ups aside and divides the "
    "rest by weights times factors.",
)
TOTAL = Text(
    "{claim} × {multiplier} {product}，在 {low} 与 {high} 之间，得 {places}",
    "{claim} × {multiplier} {product}, between {low} and {high}, gives {places}",
)
TOTAL_FLOOR = Text(
    "{claim} × {multiplier} {product}，不到 {low}，由下限定为 {places}",
    "{claim} × {multiplier} {product}, less than {low}: a floor makes it {places}",
)
TOTAL_CAP = Text(
    "{claim} × {multiplier} {product}，超过 {high}，由上限定为 {places}",
    "{claim} × {multiplier} {product}, more than {high}: a cap makes it {places}",
)
TOTAL_BY = Text("（{rule}）", " ({rule})")
TOTAL_ELSE = Text("（各格上下限之和）", " (the sum of its cells' bounds)")
NO_MULTIPLIERS = Text(
    "取整方法：{method}；此方法没有乘数。", "Rounding: {method}; it has no multipliers."
)
CELL = Text(
    "{high}：{claim} × {row} × {column} {product} → {places}",
    "{high}: {claim} × {row} × {column} {product} → {places}",
)
CELL_HELD = Text("（由{held}决定）", " (held by its {held})")
CELL_PLAIN = Text("{high}：应得 {claim}，得 {places}", "{high}: claim {claim}, places {places}")
TIE_CELL = Text(
    "{high}：得 {places}，同样好的另一张表中为 {other}",
    "{high}: {places}, in a table just as good {other}",
)
TIE_TOTAL = Text(
    "合计：得 {places}，同样好的另一张表中为 {other}",
    "total: {places}, in a table just as good {other}",
)
PROTOCOL = Text(
    "并列按规则裁定：先受保护的初中，再应得名额小数部分大的，再按学校代码。",
    "Ties go by protocol: protected junior highs first, then the larger remainder, then the code.",
)
LOT = Text(
    "并列按 {on} 公开抽签的顺序裁定；未列入抽签的按规则。",
    "Ties go by the lot drawn in public in {on}; where it is silent, by protocol.",
)
RESULT = Text(
    "分得 {places} 个名额，比按比例应得{difference}。",
    "{places} places, {difference} its proportional share.",
)
MORE = Text("多 {n}", "{n} above")
LESS_THAN = Text("少 {n}", "{n} below")
SAME = Text("不多不少", "exactly")
ASKS = Text("{sentence}：{verdict}", "{sentence}: {verdict}")
NOT_LESS = Text("应不少于 {n} 个，实得 {actual} 个", "at least {n}, received {actual}")
NOT_MORE = Text("应不超过 {n} 个，实得 {actual} 个", "at most {n}, received {actual}")
EXACTLY = Text("应为 {n} 个，实得 {actual} 个", "exactly {n}, received {actual}")
OF_HIGH = Text("{high}：{text}", "{high}: {text}")
WISHED = Text("（尽量达到）", " (wished for)")

PROVEN = Text(
    "已证明：各行各列合计准确，上下限全部满足；在上下限之内、不损害排在前面的目标时，"
    "任何一个名额从一所初中换到另一所，都不会使合计更接近应得；"
    "在这些合计之下，任何一圈名额的调换都不会使各格更接近比例。以上逐格用分数核对，没有舍入误差。",
    "Proven: all sums are exact and all floors and caps kept; within them, and with no earlier "
    "goal made worse, no place passed from one junior high to another would bring the totals "
    "nearer to the claims; with these totals, no places passed around would bring the cells "
    "nearer to proportion. All of it was checked cell by cell in fractions, without any rounding.",
)
BY_METHOD = Text(
    "这张表由所选方法一步步算出（见方法），任何人照做都得到同一张表；它不是按“最接近应得”求出的。",
    "The table follows step by step from the method chosen: whoever follows it arrives at the same "
    "table. It was not searched for as the nearest to the claims.",
)
OPEN = Text(
    "未证明：这张表满足所列规则（见核验），但没有证明它最接近应得。",
    "Not proven: the table keeps the rules as listed, but it is not proven to be the nearest.",
)
PROVEN_MILP = Text(
    "已证明：在满足硬性规则的所有方案中，各级目标不能再改进（整数规划的界，见“证明”）。",
    "Proven: among all tables that keep the must rules no goal can be improved (bounds of an "
    "integer program, see the proof).",
)
REPRODUCED = Text(
    "已用公布的乘数重新计算 {n} 格和 {m} 个合计，全部相符。",
    "All {n} cells and {m} totals were computed again from the published multipliers: they agree.",
)
NOT_REPRODUCED = Text(
    "公布的乘数与名额不符，共 {n} 处：请勿公布。",
    "The multipliers and the places disagree at {n} places: do not publish.",
)
NOT_PROVEN = Text(
    "不属于证明内容：毕业生数、学籍和薄弱初中认定是否正确，所选规则和取整方法是否适当。",
    "No part of the proof: whether the graduates, their registration and the list of weak junior "
    "highs are right, and whether these rules and this method should have been chosen.",
)
NO_TIES = Text("没有并列：这张表是唯一最优的。", "There are no ties: this table alone is best.")
TIES = Text(
    "{cells} 格、{totals} 个合计存在并列：还有同样好的表。",
    "{cells} cells and {totals} totals tie: there are other tables just as good.",
)
NONE_HELD = Text(
    "没有合计或单格由上下限决定。", "No total and no cell is decided by a floor or cap."
)
HELD_COUNT = Text(
    "{totals} 个合计、{cells} 格由上下限决定，已标出。",
    "{totals} totals and {cells} cells are decided by a floor or cap, and marked.",
)
