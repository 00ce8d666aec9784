"""A program with walking stays laid out only while the rule on walking is the same."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from allocator.modelling import Configured
from allocator.solving.program import lay_out
from allocator.staffing.restated import Stated
from allocator.staffing.rules import EligibilityLock, TurnoverCap, Walking
from tests.staffing.plans import ORDER, TERMS
from tests.staffing.toy import TOY

WALKING = Walking(subjects=("music",), within=30, block=2)


def rules(walking: Walking | None, leaving: str = "0.2") -> list[Configured]:
    cap = TurnoverCap(leaving_at_most=Decimal(leaving))
    found = [Configured(EligibilityLock(), "must"), Configured(cap, "should")]
    return found if walking is None else [*found, Configured(walking, "must")]


@pytest.mark.parametrize("program", ["none", "flow", "persons"])
def test_another_rule_is_stated_over_the_same_columns_as_in_a_fresh_program(program) -> None:
    first = Stated.of(TOY, rules(WALKING), ORDER, TERMS, program)
    again = first.again(rules(WALKING, "0.5"), ORDER, TERMS)
    assert again is not None
    assert again.shared is first.shared
    fresh = Stated.of(TOY, rules(WALKING, "0.5"), ORDER, TERMS, program)
    for name in ("starts", "index", "value", "row_lower", "row_upper", "upper"):
        said, new = (lay_out(p.allocation).matrix for p in (again, fresh))
        assert np.array_equal(getattr(said, name), getattr(new, name)), name


@pytest.mark.parametrize("program", ["flow", "persons"])
@pytest.mark.parametrize("changed", [None, WALKING.model_copy(update={"block": 3})])
def test_another_rule_on_walking_needs_other_columns(program, changed) -> None:
    first = Stated.of(TOY, rules(WALKING), ORDER, TERMS, program)
    assert first.again(rules(changed), ORDER, TERMS) is None
