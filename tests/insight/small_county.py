"""Two townships, three schools, nine teachers, and a plan written by hand.

Before: B lacks 5 of 15 periods of Chinese and all 3 of music; C lacks 10 of 30 of Chinese: 18.
The plan sends T1 (famous) and T5 (music) from A to B: B lacks nothing, A all 6 of music: 16.
"""

from __future__ import annotations

from allocator.audit import audit
from allocator.county.county import County
from allocator.county.curriculum import Subject
from allocator.county.people import Teacher
from allocator.county.places import (
    Campus,
    Facilities,
    School,
    Section,
    SeniorHigh,
    Stage,
    Township,
    Zone,
)
from allocator.county.plan import Move, Plan, QuotaCell, Teaching
from allocator.county.travel import Travel, TravelTime
from allocator.scenario import Admission, Scenario, Staffing
from allocator.scenario.hashing import scenario_hash
from allocator.solving.outcome import Outcome, PartOutcome, TierResult

SUBJECTS = (
    Subject(
        id="chinese", name="语文", name_en="Chinese", periods=(5,) * 9, primary_load=10,
        junior_load=10,
    ),
    Subject(
        id="music", name="音乐", name_en="Music", periods=(1,) * 9, primary_load=10,
        junior_load=10, arts_or_pe=True,
    ),
)  # fmt: skip


def school(
    id: str, township: str, stage: Stage, classes: int, pupils: int, graduates: tuple[int, int]
) -> School:
    grades = 6 if stage == "primary" else 3
    return School(
        id=id,
        name=f"{id}校",
        campuses=(
            Campus(
                id=f"{id}1",
                name=f"{id}校本部",
                township=township,
                latitude=30.1,
                longitude=121.2,
                sections=(
                    Section(
                        stage=stage,
                        classes=(classes,) * grades,
                        pupils=pupils,
                        graduates=graduates[0],
                        registered_graduates=graduates[1],
                        facilities=Facilities(
                            floor_area=6.0 * pupils,
                            sports_area=9.0 * pupils,
                            equipment=3000.0 * pupils,
                            multimedia_rooms=0.03 * pupils,
                        ),
                    ),
                ),
            ),
        ),
    )


def teacher(number: int, campus: str, stage: Stage, subject: str, **more: object) -> Teacher:
    return Teacher.model_validate(
        {
            "id": f"T{number}",
            "name": f"教师{number}",
            "campus": campus,
            "stage": stage,
            "subject": subject,
            "sex": "f",
            "born": "1980-01",
            "entered_school": "2010-09",
            "entered_work": "2003-09",
            **more,
        }
    )


def county(**more: object) -> County:
    return County.model_validate(
        {
            "name": "小县",
            "as_of": "2020-06",
            "notes": "示例数据：教师均为编号示例。",
            "zones": (Zone(id="Z1", name="一片区"),),
            "townships": (
                Township(id="W", name="西街道", kind="subdistrict", area_class="urban", zone="Z1",
                         latitude=30.1, longitude=121.2),
                Township(id="E", name="东镇", kind="town", area_class="township_seat", zone="Z1",
                         latitude=30.2, longitude=121.3),
            ),
            "schools": (
                school("A", "W", "junior", 2, 200, (60, 50)),
                school("B", "E", "junior", 1, 150, (40, 40)),
                school("C", "E", "primary", 1, 240, (0, 0)),
            ),
            "senior_highs": (
                SeniorHigh(id="H1", name="一中", places=100, quality=True),
                SeniorHigh(id="H2", name="二中", places=50, quality=True),
                SeniorHigh(id="H3", name="三中", places=80),
            ),
            "teachers": (
                teacher(1, "A1", "junior", "chinese",
                        honours=("county_backbone", "county_famous")),
                *(teacher(n, "A1", "junior", "chinese") for n in (2, 3, 4)),
                teacher(5, "A1", "junior", "music"),
                teacher(6, "B1", "junior", "chinese"),
                teacher(7, "C1", "primary", "chinese"),
                teacher(8, "C1", "primary", "chinese"),
                teacher(9, "C1", "primary", "music"),
            ),
            "subjects": SUBJECTS,
            "travel": Travel(
                times=(
                    TravelTime(between=("A1", "B1"), minutes=25),
                    TravelTime(between=("A1", "C1"), minutes=35),
                )
            ),
            **more,
        }
    )  # fmt: skip


def taught(number: int, section: str, subject: str, periods: int) -> Teaching:
    return Teaching(teacher=f"T{number}", section=section, subject=subject, periods=periods)


def move(number: int, rank: int | None = 1) -> Move:
    return Move(
        teacher=f"T{number}",
        origin="A1.junior",
        destination="B1.junior",
        kind="secondment",
        ground="exchange",
        start="2020-09",
        years=3,
        points_rank=rank,
    )


STAFFING_PLAN = Plan(
    moves=(move(1), move(5, None)),
    teaching=(
        *(taught(n, "A1.junior", "chinese", 10) for n in (2, 3, 4)),
        taught(1, "B1.junior", "chinese", 5),
        taught(6, "B1.junior", "chinese", 10),
        taught(5, "B1.junior", "music", 3),
        taught(7, "C1.primary", "chinese", 10),
        taught(8, "C1.primary", "chinese", 10),
        taught(9, "C1.primary", "music", 6),
    ),
)
QUOTA_PLAN = Plan(
    quotas=tuple(
        QuotaCell(senior_high=senior, junior_high=junior, places=places)
        for senior, junior, places in (
            ("H1", "A", 34), ("H1", "B", 26), ("H2", "A", 17), ("H2", "B", 13),
        )
    )
)  # fmt: skip


def scenario(**more: object) -> Scenario:
    return Scenario(
        title="小县试算", county=county(**more), staffing=Staffing(), admission=Admission()
    )


def outcome(of: Scenario, timings: dict[str, float] | None = None) -> Outcome:
    """The two plans as a solve would hand them over: judged, with tiers and bounds."""
    parts = []
    for part, plan in (("staffing", STAFFING_PLAN), ("admission", QUOTA_PLAN)):
        if of.part(part) is None:
            continue
        judged = audit(of, plan, (part,))
        parts.append(
            PartOutcome(
                part=part,
                status="feasible",
                reason="gap_open",
                plan=plan,
                audit=judged,
                columns=12,
                rows=7,
                tiers=tuple(
                    TierResult(name=name, unit="", value=value, bound=value / 2, proven=not value)
                    for name, value in judged.tiers.get(part, {}).items()
                ),
                timings=timings or {},
            )
        )
    return Outcome(
        scenario_hash=scenario_hash(of), engine="highs", parts=tuple(parts), timings=timings or {}
    )
