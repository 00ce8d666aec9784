"""Townships, zones, groups, the periods table and ways as the page shows them."""

from __future__ import annotations

from allocator.modelling import Text
from allocator.records.fields import Field
from allocator.records.lists import Plain
from allocator.records.schools import GROUPS, SUBJECTS, TOWNSHIPS, ZONES
from allocator.records.ways import ROADS, TIMES
from allocator.scenario import Scenario
from allocator.ui.logic.county_tables.grid import Form, Grid, Total, Values, form_of

_CODE = Field(Text("代码（字母或数字）", "Code (letters or digits)"))
_NAMED = {"id": _CODE, "name": ZONES.fields["name"]}


def _as_answered(answers: Values) -> tuple[str, Plain]:
    return answers["id"], dict(answers)


TOWNSHIPS_GRID = Grid(
    "townships",
    Text(
        "镇和街道的地区类别和片区决定城乡方向和普通教师的交流范围；位置用于路程。",
        "Area class and zone of a township decide directions and where ordinary teachers move; its "
        "position is used for travel.",
    ),
    ("name", "kind", "area_class", "zone", "latitude", "longitude", "id"),
    totals=lambda scenario: (
        Total(Text("镇和街道（个）", "Townships"), len(scenario.county.townships)),
        Total(Text("片区（个）", "Zones"), len(scenario.county.zones)),
    ),
    settings="county",
    form=Form({**TOWNSHIPS.fields, "id": _CODE}, _as_answered),
)
ZONES_GRID = Grid(
    "zones",
    Text("普通教师在片区内交流。", "Ordinary teachers move within a zone."),
    ("name", "id"),
    form=Form(_NAMED, _as_answered),
)
GROUPS_GRID = Grid(
    "groups",
    Text(
        "教育集团；哪些学校属于集团，在“学校”表中选择。",
        "School groups; which schools belong to one is chosen in the table of schools.",
    ),
    ("name", "id"),
    form=Form({"id": _CODE, "name": GROUPS.fields["name"]}, _as_answered),
    missing=Text("没有教育集团。", "There is no school group."),
)


def _subject_totals(scenario: Scenario) -> tuple[Total, ...]:
    return tuple(
        Total(
            Text(f"{grade}年级（节/周）", f"G{grade} (periods)"),
            sum(s.periods[grade - 1] for s in scenario.county.subjects),
        )
        for grade in range(1, 10)
    )


_ASKED = ("name", "name_en", "primary_load", "junior_load", "arts_or_pe")


def _new_subject(answers: Values) -> tuple[str, Plain]:
    return answers["id"], {**answers, "periods": [0] * 9}


_SUBJECTS_COLUMNS = (
    "name", *(f"periods_{g}" for g in range(1, 10)), "primary_load", "junior_load", "arts_or_pe",
    "name_en", "id",
)  # fmt: skip
SUBJECTS_GRID = Grid(
    "subjects",
    Text(
        "每班每周课时和每位教师的周课时：两者决定需要多少教师。",
        "Weekly periods of a class and weekly load of a teacher: together they say how many "
        "teachers are needed.",
    ),
    _SUBJECTS_COLUMNS,
    totals=_subject_totals,
    part="staffing",
    form=Form({"id": _CODE, **{n: SUBJECTS.fields[n] for n in _ASKED}}, _new_subject),
)


ROADS_GRID = Grid(
    "roads",
    Text(
        "镇街中心之间的车程；没有列出的按直线距离和行驶速度估算。",
        "Driving time between township seats; what is not listed is estimated from the straight "
        "line and the speed.",
    ),
    ("from", "to", "minutes"),
    search=("from", "to"),
    part="staffing",
    settings="travel",
    form=form_of(ROADS),
    missing=Text("没有列出道路：路程按直线距离估算。", "No road is listed: ways are estimated."),
)
TIMES_GRID = Grid(
    "times",
    Text(
        "实测的校区间单程时间，优先于估算。",
        "Measured times between two campuses; they go before the estimate.",
    ),
    ("from", "to", "minutes"),
    search=("from", "to"),
    part="staffing",
    form=form_of(TIMES),
    missing=Text(
        "没有实测路程：按道路和直线距离估算。",
        "No time is measured: ways are estimated from roads and straight lines.",
    ),
)
