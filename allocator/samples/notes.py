"""What is published and what is synthetic, in the words of the file."""

from __future__ import annotations

from collections.abc import Sequence

from allocator.samples.honours import WHOLE_FROM
from allocator.samples.openings import Project


def notes(teachers: int, seed: int, year: int, opened: Sequence[Project]) -> str:
    """The notes of a sample county, in Chinese and then in English."""
    whole = teachers >= WHOLE_FROM
    return "\n".join(
        part
        for part in (
            f"示例数据：由种子 {seed} 生成，教师 {teachers} 人，年份 {year}。",
            "来自《慈溪市教育改革与发展“十四五”规划》：省特级教师 18 人、宁波市名师名校长 65 人"
            + ("" if whole else "（按规模缩小）")
            + "（2020年，规划中为各学段合计，这里全部放在义务教育阶段的示例教师身上）；"
            "初中研究生学历比例 2.7%；校际差异系数均值小学 0.35、初中 0.30（2020年）；"
            "普通高中 14 所（由规划推算）；填报数为规划表1公布的 2020 年数值。"
            "19 个镇、街道的名称和性质属实，坐标为近似值。"
            "课时按浙江省 2023 年课程实施方案。",
            "其余均为虚构：所有带“示例”的学校、高中、片区、集团，全部编号教师及其属性、班级、"
            "学生、设施、道路时间，编制、非教学岗位、商定岗位及说明、岗位等级、周转池、补充师资，"
            "以及夫妻和亲属关系、学校保留意见、自愿报名、毕业班任教、年龄减课、竞聘轮次和排序，"
            "前两年的分配名额及使用数；"
            "不对应任何真实学校或个人。",
            _opened_zh(opened),
            f"Sample data: made from seed {seed}, {teachers} teachers, year {year}.",
            "From the plan (Cixi, 14th five-year education plan): 18 provincial special-grade "
            "teachers and 65 Ningbo famous teachers and principals"
            + ("" if whole else " (scaled to the size)")
            + " (2020; the plan counts all stages of education, here all of them are placed on "
            "sample teachers of the compulsory stage); 2.7 % postgraduates among junior teachers; "
            "mean difference coefficient 0.35 primary and 0.30 junior (2020); 14 general senior "
            "highs (derived); the totals typed in are the published figures of Table 1 for 2020. "
            "Names and kinds of the 19 townships are real, coordinates approximate. Periods "
            "follow the Zhejiang curriculum plan of 2023.",
            "All else is invented: every school, senior high, zone and group marked 示例, every "
            "numbered teacher with all attributes, classes, pupils, facilities, road times, "
            "establishments, non-teaching, agreed and graded posts, the pool of posts, further "
            "supply, couples and relatives, objections of schools, volunteers, graduating grades, "
            "reductions for age, rounds and rankings, quota places of the two years before and how "
            "many of them were filled. None stands for a real school or person.",
            _opened_en(opened),
        )
        if part
    )


def _opened_zh(opened: Sequence[Project]) -> str:
    if not opened:
        return ""
    names = "、".join(p.name for p in opened)
    assumed = "、".join(p.name for p in opened if p.township_assumed)
    stages = "、".join(p.name for p in opened if p.stages_assumed)
    return (
        f"规划表2新建学校：{names}：校名、班数、学生数、完工年份来自规划（学生数为规划办学规模），"
        "开办时没有教师，设施不填，9月开学和镇（街道）驻地坐标为假设。"
        f"所在镇（街道）为假设：{assumed or '无'}。九年一贯为假设：{stages or '无'}；"
        "九年一贯制各年级班数均分。表2第7项未给出班数，未列入；县域太小时按表内顺序只列入可配齐的学校。"
        "规划的 2025 年数值是目标，本数据的荣誉、学历、差异系数仍取 2020 年数值。"
    )


def _opened_en(opened: Sequence[Project]) -> str:
    if not opened:
        return ""
    names = ", ".join(p.name for p in opened)
    assumed = ", ".join(p.name for p in opened if p.township_assumed)
    stages = ", ".join(p.name for p in opened if p.stages_assumed)
    return (
        f"New schools of Table 2: {names}: name, classes, pupils and end year are the plan's (the "
        "pupils are the size planned); they open without staff and without facilities; opening in "
        "September and the seat's coordinates are assumptions. Township assumed for: "
        f"{assumed or 'none'}. Nine-year assumed for: {stages or 'none'}; classes of a nine-year "
        "school are spread evenly over the grades. Number 7 has no classes in the table and is "
        "left out; a county too small opens only those, in the table's order, that it could "
        "staff. The plan's 2025 figures are targets: honours, degrees and coefficients here are "
        "those of 2020."
    )
