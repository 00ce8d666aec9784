"""A run without a plan: the page names what was decided beforehand and is in the way."""

from __future__ import annotations

from pathlib import Path

from allocator.samples import toy_scenario
from tests.staffing.toy import varied
from tests.ui.conftest import goto, solved


def test_a_second_principal_is_named_where_there_is_no_plan(home: Path) -> None:
    county = varied({2: {"role": "principal"}})
    scenario = toy_scenario().model_copy(update={"county": county, "admission": None})
    page = solved(home, scenario)
    shown = "\n".join(str(e.value) for e in goto(page, "solve").error)
    assert "事先已定、而与硬性规则相抵的安排：" in shown
    assert "一校一长：示例城区初中：在岗校长2人，应为1人，差1人" in shown
