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
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor
from allocator.staffing.rules.travel_cap import TravelCap
from allocator.staffing.rules.turnover_cap import TurnoverCap

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
    return County.model_validate({**base, "teachers": teachers})


def tiny_rules(seed: int) -> list[Configured]:
    """Every registered rule with random firmness, some with random parameters."""
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
    }
    return [
        Configured(
            rule(**parameters.get(rule, {})),
            rule.firmness_allowed[rng.integers(len(rule.firmness_allowed))],
        )
        for rule in RULES
    ]
