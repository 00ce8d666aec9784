"""Random tiny counties with random rules, small enough to try every plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np

from allocator.county.county import County
from allocator.modelling import Configured
from allocator.samples.toy import toy_county
from allocator.staffing.rules import RULES
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.rules.couple_distance import CoupleDistanceCap
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.rules.graduating_rate import GraduatingRateFloor
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor
from allocator.staffing.rules.travel_cap import TravelCap
from allocator.staffing.rules.turnover_cap import TurnoverCap
from allocator.staffing.rules.veto_lock import VetoLock
from allocator.staffing.rules.volunteers import VolunteerFloor

IN_FORCE = 10
HONOURS = ((), (), (), ("county_backbone",), ("county_famous",), ("city_famous",))


def tiny_county(seed: int) -> County:
    """Four or five random teachers who may move, at the junior schools of the toy county."""
    rng = np.random.default_rng(seed)
    base = toy_county().model_dump()
    teachers = []
    for n in range(1, int(rng.integers(5, 7))):
        teachers.append(
            {
                "id": f"T{n:05d}",
                "name": f"教师{n:05d}",
                "campus": f"C{rng.integers(1, 5)}",
                "stage": "junior",
                "subject": str(rng.choice(["chinese", "maths", "music"])),
                "sex": str(rng.choice(["f", "m"])),
                "born": f"19{rng.integers(70, 90)}-03",
                "entered_work": "2009-08",
                "entered_school": f"20{rng.integers(10, 20)}-08",
                "degree": str(rng.choice(["college", "bachelor"])),
                "honours": HONOURS[rng.integers(len(HONOURS))],
                "points": int(rng.integers(0, 4)),
            }
        )
    return County.model_validate({**base, **agreed(base, teachers, seed)})


def agreed(base: dict[str, Any], teachers: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    """The teachers with wishes, kin, and objections of two schools, all random."""
    rng = np.random.default_rng([seed, 2])
    people = [
        t
        | {
            "volunteer": bool(rng.random() < 0.4),
            "graduating": bool(rng.random() < 0.4),
            "preferences": (f"C{rng.integers(1, 5)}",) if rng.random() < 0.3 else (),
        }
        for t in teachers
    ]
    ids = [t["id"] for t in teachers]
    kin = [
        {"kind": kind, "between": tuple(rng.choice(ids, 2, replace=False).tolist())}
        for kind in ("couple", "relatives")
    ]
    if {*kin[0]["between"]} == {*kin[1]["between"]}:
        kin = kin[:1]
    schools = [dict(s) for s in base["schools"]]
    for school in (schools[0], schools[1]):
        own = [c["id"] for c in school["campuses"]]
        school["vetoes"] = [
            {"teacher": t["id"], "against": "leaving" if t["campus"] in own else "arriving"}
            for t in teachers
            if rng.random() < 0.3
        ]
    return {"teachers": people, "kinships": kin, "schools": schools}


def tiny_rules(seed: int) -> list[Configured]:
    """Every registered rule with random firmness, some with random parameters.

    However many rules there are, about ten are in force, so that MUST rules leave some plan.
    """
    rng = np.random.default_rng([seed, 1])
    share = [Decimal(n) / 10 for n in range(11)]
    parameters: dict[type, dict[str, Any]] = {
        ExchangeRateFloor: {"at_least": share[rng.integers(8)], "base": "all"},
        SendingSchoolRateFloor: {"at_least": share[rng.integers(8)], "pool_below": 0},
        FamousTeacherFloor: {"per_100": Decimal(int(rng.integers(1, 4)))},
        BalanceCap: {
            "junior_from": share[rng.integers(2, 11)],
            "binds": ("each", "largest", "mean")[seed % 3],
        },
        TravelCap: {"reach": "minutes", "within": int(rng.integers(10, 80))},
        TurnoverCap: {
            "leaving_at_most": share[rng.integers(3, 11)],
            "arriving_at_most": share[rng.integers(3, 11)],
        },
        GraduatingRateFloor: {"at_least": share[rng.integers(4)]},
        VolunteerFloor: {"at_least": share[rng.integers(6)]},
        VetoLock: {"at_most": 1},
        CoupleDistanceCap: {"within": 20},
    }
    return [
        Configured(
            rule(**parameters.get(rule, {})),
            rule.firmness_allowed[rng.integers(len(rule.firmness_allowed))]
            if rng.random() < IN_FORCE / len(RULES)
            else "off",
        )
        for rule in RULES
    ]
