"""What of the published tables is published, what is inferred and what is ours."""

from __future__ import annotations

from allocator.admission.inference import Inference

JIADING_RULES = (
    "只用公布表的行、列合计：每所初中公布的合计为基数，每所高中公布的合计为名额，"
    "每对至少 1 个，受控取整。"
    " / "
    "From the sums of the published table alone: what a junior high was given in all is the base, "
    "what a senior high gave in all is its quota, at least 1 place for each pair, controlled "
    "rounding."
)
CONGHUA_RULES = (
    "推断为薄弱初中的学校由区属高中每 30 名符合条件的毕业生增加 1 个名额（四舍五入），"
    "市属高中不增加；两行各用 Webster 法取整。"
    "这样区属一行与公布数全部相同，市属一行有 11 所学校不同。"
    "薄弱初中名单是推断，不是公布内容，数字相同只说明推断自洽（见县域说明）。"
    " / "
    "Junior highs inferred to be weak receive one more place for every 30 eligible graduates, "
    "rounded half up, from the district's senior highs and none from the city's; Webster's method "
    "rounds each row. The district's row then is the published one, the city's differs for 11 "
    "schools. Which schools are weak is inferred, not published: equal numbers only show that the "
    "inference agrees with itself (see the notes of the county)."
)
_OURS_ZH = (
    "本工具所设：学校和高中的代码，数据月份（5月），全区作为一个街道，其驻地坐标为近似值，地区类型记为城区；"
    "未公布的班级、学生一律不编造：班级记为 0，校区坐标不填；高中招生计划未公布，以其名额数代替。"
)
_OURS_EN = (
    "Ours: codes of schools and senior highs, the month of the data (May), the district as one "
    "sub-district with an approximate seat and the area class urban. What was not published is not "
    "invented: classes are 0 and campuses have no coordinates; the plan of a senior high was not "
    "published, its quota stands in its place."
)


def jiading(year: int) -> str:
    """The notes of Jiading's scenario of a year."""
    return "\n".join(
        (
            f"来源：上海市嘉定区公布的 {year} 年名额分配到校计划，校名和名额照录。"
            "毕业生数没有公布，记为 0；自定义指标“公布合计”是公布表中各校一行之和。"
            "校名带“民办”的记为民办学校。",
            _OURS_ZH,
            f"Source: the plan of quota places for each school published by Jiading district, "
            f"Shanghai, for {year}; names of schools and places as published. Graduates were not "
            "published and are 0; the figure 公布合计 is the sum of a school's row. A school with "
            "民办 in its name is private.",
            _OURS_EN,
        )
    )


def conghua(exact: Inference, whole: Inference, city: Inference) -> str:
    """The notes of Conghua's scenario.

    Parameters
    ----------
    exact, whole
        What fits the district's places, with places on top as they are and rounded.
    city
        What fits the city's places.
    """
    flagged = "、".join(exact.flagged)
    unsure = "、".join(exact.either_way(1))
    others = "、".join(city.flagged)
    same = exact.flagged == whole.flagged
    return "\n".join(
        (
            "来源：广州市招生部门公布的 2026 年名额分配汇总表（从化区部分），"
            "校名、符合条件的毕业生数、市属和区属名额照录；未公布各高中的分表，市属、区属各作一行。"
            "校名带“民办”的记为民办学校，学生数只填毕业生数。",
            f"推断（非公布内容）：区属名额约等于 比例 × 毕业生数，"
            f"部分学校另加 毕业生数 ÷ {exact.per}。使最大误差最小的比例为 {float(exact.base):.4f}，"
            f"最大误差 {float(exact.error):.2f} 个，{len(exact.flagged)} 所学校应有增加，"
            f"记为薄弱初中：{flagged}。"
            f"误差放宽到 1 个时，增加与不增加都说得通的学校：{unsure}（记为不增加）。"
            f"若增加的名额先四舍五入为整数，比例为 {float(whole.base):.4f}，最大误差 "
            f"{float(whole.error):.2f} 个{'，学校名单相同' if same else ''}。"
            f"市属名额同样推断得比例 {float(city.base):.4f}，最大误差 {float(city.error):.2f} 个，"
            f"增加的是另外的学校：{others}；原因未公布，本方案不为其增加。",
            _OURS_ZH,
            "Source: summary table of quota places 2026 of Guangzhou's admissions office, the "
            "part of Conghua: names of schools, eligible graduates, places of the city and of the "
            "district as published. Places of single senior highs were not in it, so that city and "
            "district are one row each. A school with 民办 in its name is private; pupils are the "
            "graduates alone.",
            "Inferred, not published: the district's places are about rate x graduates, for some "
            f"schools with graduates / {exact.per} on top. The largest error is least at the rate "
            f"{float(exact.base):.4f}: {float(exact.error):.2f} places. {len(exact.flagged)} "
            f"schools then have places on top and are called weak here: {flagged}. Within 1 place, "
            f"with and without fit both for {unsure} (taken as without). With places on top "
            f"rounded half up before they are added, the rate is {float(whole.base):.4f} and the "
            f"largest error {float(whole.error):.2f}{', for the same schools' if same else ''}. "
            f"The city's places fit a rate of {float(city.base):.4f} with a largest error of "
            f"{float(city.error):.2f} and places on top for other schools, {others}; why was not "
            "published, and this scenario adds none there.",
            _OURS_EN,
        )
    )
