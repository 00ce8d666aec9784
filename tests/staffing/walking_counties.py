"""Random tiny counties in which teachers may walk, and the least of their programs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from math import prod

import numpy as np

from allocator.county.county import County
from allocator.modelling import Allocation, Configured, Floats
from allocator.samples.toy import toy_county
from allocator.scenario import Scenario, Staffing
from allocator.solving.highs import answer_of, dense, empty_engine, pass_matrix
from allocator.solving.program import lay_out
from allocator.staffing.model import build
from allocator.staffing.need import cells
from allocator.staffing.rules import PinLock, SupplyFloor, TravelCap, Walking
from allocator.staffing.terms import StaffingTerms
from tests.solving.brute import Judged, every_plan_judged, number_of_plans
from tests.solving.draws import Draw, chance, one, some
from tests.staffing.plans import ORDER, TERMS


@dataclass(frozen=True)
class WalkingCase:
    """A tiny county with its rules."""

    county: County
    rules: tuple[Configured, ...]
    terms: StaffingTerms = TERMS

    @property
    def rule(self) -> Walking:
        found = self.rules[0].rule
        assert isinstance(found, Walking)
        return found

    def program(self, walking: str, persons: frozenset[str] | None = None) -> Allocation:
        return build(self.county, self.rules, ORDER, self.terms, walking, persons)

    @cached_property
    def judged(self) -> Judged:
        """Every plan, each with the best that its people can teach."""
        return every_plan_judged(self.county, self.rules, ORDER, self.terms, locked=True)

    @property
    def least(self) -> float:
        """The least price of uncovered periods over all moves and everything people can teach."""
        assert self.judged.best is not None
        return self.judged.best[0]

    @property
    def scenario(self) -> Scenario:
        """The same as a planner would hand it in."""
        rules = [
            {"rule": c.rule.name, "firmness": c.firmness, "parameters": c.rule.model_dump()}
            for c in self.rules
        ]
        staffing = Staffing.model_validate({"rules": rules, "terms": self.terms.model_dump()})
        return Scenario(title="t", county=self.county, staffing=staffing)


MANY = 30_000


@cache
def walking_case(seed: int) -> WalkingCase:
    """Three or four sections, three to five teachers, up to two of whom may move.

    It is drawn again where there is too much to try.
    """
    draw = np.random.default_rng([seed, 61])
    while True:
        case = _case(draw)
        needed = (n + 1 for *_, n in cells(case.county, case.terms.coverage))
        plans = number_of_plans(case.county, case.rules, case.terms, locked=True)
        if plans * prod(needed) <= MANY:
            return case


def _case(draw: Draw) -> WalkingCase:
    rule = Walking(
        subjects=one(draw, (("music",), ("music", "maths"))),
        within=one(draw, (25, 40, 80)),
        schools=int(draw.integers(1, 4)),
        block=one(draw, (1, 2, 2, 3)),
        travel=one(draw, (0, 0, 0, 1)),
        second_subjects=one(draw, ("yes", "yes", "no")),
    )
    rules = (
        Configured(rule, "must"),
        Configured(PinLock(), "must"),
        Configured(TravelCap(reach="minutes", within=60), "must"),
        Configured(SupplyFloor(kinds=("reserve",)), "must"),
    )
    terms = TERMS.model_copy(update={"coverage": one(draw, ("periods", "periods", "posts"))})
    return WalkingCase(_county(draw), rules, terms)


def _county(draw: Draw) -> County:
    data = toy_county().model_dump()
    number = int(draw.integers(3, 5))
    kept = [s for s in data["schools"] if s["id"] in ("S1", "S2", "S3", "S4")[:number]]
    asked = 0
    for school in kept:
        campus = school["campuses"][0]
        needs = [("music", int(draw.integers(0, 6)))]
        asked += needs[0][1]
        if chance(draw, 0.5):
            needs.append(("maths", int(draw.integers(1, 4))))
        section = campus["sections"][0] | {
            "classes": (0, 0, 0), "pupils": 0, "graduates": 0, "registered_graduates": 0,
            "extra_periods": [{"subject": s, "periods": n} for s, n in needs if n],
        }  # fmt: skip
        campus["sections"] = (section,)
        posts = int(draw.integers(0, 2))
        agreed = [{"stage": "junior", "subject": "music", "posts": posts}]
        school |= {"agreed_posts": agreed, "establishment": None, "non_teaching_posts": 0}
    campuses = [s["campuses"][0]["id"] for s in kept]
    loads = {"music": int(draw.integers(3, 6)), "maths": int(draw.integers(3, 5))}
    for subject in data["subjects"]:
        if subject["id"] in loads:
            subject["junior_load"] = loads[subject["id"]]
    movers = int(draw.integers(0, 3))
    people = int(draw.integers(3, 6))
    data["teachers"] = [
        data["teachers"][5]
        | {
            "id": f"T{n:05d}",
            "campus": one(draw, campuses),
            "subject": "music" if chance(draw, 0.75) else "maths",
            "also_teaches": one(draw, ((), (), ("maths",), ("music",))),
            "certificates": [{"stage": "junior", "subject": s} for s in some(draw, tuple(loads))]
            if chance(draw, 0.2)
            else [],
            "role": "principal" if chance(draw, 0.12) else "teacher",
            "reduction": one(draw, (0, 0, 0, 1)),
            "status": "long_sick" if chance(draw, 0.05) else "in_post",
            "pins": [] if n <= movers else [{"kind": "stays"}],
        }
        for n in range(1, people + 1)
    ]
    offer = {"kind": "reserve", "stage": "junior", "subject": "music", "count": 1}
    data["supply"] = [offer] if chance(draw, 0.15) and asked else []
    return County.model_validate(data | {"schools": kept})


def solved(allocation: Allocation, *, relaxed: bool = False) -> tuple[float, Floats]:
    """The least of the first tier and the levels of the decision columns there."""
    program = lay_out(allocation)
    cost = program.costs[allocation.tiers[0].name]
    if not program.matrix.lower.size:
        return cost.constant, np.zeros(0)
    engine = empty_engine(1)
    engine.setOptionValue("mip_rel_gap", 0.0)
    whole = None if relaxed else program.matrix.whole
    pass_matrix(engine, program.matrix, dense(cost, program.matrix.lower.size), whole=whole)
    engine.run()
    answer = answer_of(engine, mip=not relaxed)
    answer.must_be_optimal()
    levels = answer.levels[: program.decisions]
    return answer.objective + cost.constant, levels if relaxed else np.round(levels)


def keeps(allocation: Allocation, levels: Floats) -> bool:
    """Whether levels keep the structure and the bounds of a program."""
    inside = bool(((levels >= 0) & (levels <= allocation.upper)).all())
    rows = allocation.structure
    return inside and all(r.expression.value(levels) <= r.limit + 1e-6 for r in rows)
