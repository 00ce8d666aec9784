"""A small county with nothing but junior highs and senior highs, to be filled in by a bureau."""

from __future__ import annotations

from allocator.county.county import County
from allocator.county.places import Campus, School, Section, SeniorHigh, Township, Zone
from allocator.scenario import Admission, Scenario


def starter_county(as_of: str = "2020-06") -> County:
    """Two townships, three junior highs and two senior highs without a name of their own."""
    return County(
        name="示例县域",
        as_of=as_of,
        notes="各校名称和人数均为示例，请改成本县域的数据。 / "
        "Names and figures are examples: put in your own.",
        zones=(Zone(id="Z1", name="全县域"),),
        townships=(
            Township(
                id="T1",
                name="示例街道",
                kind="subdistrict",
                area_class="urban",
                zone="Z1",
                latitude=30.17,
                longitude=121.24,
            ),
            Township(
                id="T2",
                name="示例镇",
                kind="town",
                area_class="rural",
                zone="Z1",
                latitude=30.25,
                longitude=121.36,
            ),
        ),
        schools=(
            _junior_high(1, "T1", 240),
            _junior_high(2, "T1", 160),
            _junior_high(3, "T2", 40),
        ),
        senior_highs=(
            SeniorHigh(id="H1", name="示例高中一", places=200, quality=True),
            SeniorHigh(id="H2", name="示例高中二", places=150, quality=True),
        ),
    )


def starter_scenario(as_of: str = "2020-06") -> Scenario:
    """The starter county with quota places to divide and no teacher in it."""
    return Scenario(
        title="名额分配（待填写）",
        notes="不含教师数据，供中招办使用。 / Holds no teacher: for the admissions office.",
        county=starter_county(as_of),
        admission=Admission(),
    )


def _junior_high(number: int, township: str, graduates: int) -> School:
    section = Section(
        stage="junior",
        classes=(-(-graduates // 45),) * 3,
        pupils=3 * graduates,
        graduates=graduates,
        registered_graduates=graduates,
    )
    name = f"示例初中{'一二三'[number - 1]}"
    campus = Campus(id=f"C{number}", name=name, township=township, sections=(section,))
    return School(id=f"S{number}", name=name, campuses=(campus,))
