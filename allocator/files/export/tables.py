"""Every table of a result: what it is called, which part it is of, in which form persons stand.

A table speaks of nobody, or it is made in one of the three forms, or it stays inside altogether.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from allocator.files.export.result import Result
from allocator.insight import tables
from allocator.insight.identity import table_without_identity
from allocator.insight.move_reasons import move_reasons
from allocator.insight.notices import notice_directory, notices
from allocator.insight.quota_tables import (
    quota_checks,
    quota_multipliers,
    quota_steps,
    quota_ties,
)
from allocator.insight.released import (
    Form,
    released_eligibility,
    released_exchange,
    released_terms,
)
from allocator.insight.swap_cycles import swap_cycles
from allocator.modelling import Language, Text
from allocator.scenario import PartName

Persons = Literal["none", "formed", "inside"]
"""Speaks of nobody; of persons, in the form chosen; stays within the personnel section."""
Made = Callable[[Result, Form, Language], pd.DataFrame]


def _nobody(result: Result, lang: Language) -> Mapping[str, str]:
    del result, lang
    return {}


@dataclass(frozen=True)
class ExportTable:
    """One table of a result.

    Attributes
    ----------
    code
        Its name as a file.
    part
        The part of the scenario it is about, None for all.
    persons
        Whether it speaks of persons, and who may read it.
    names
        Words for columns named after data.
    """

    code: str
    title: Text
    part: PartName | None
    made: Made
    persons: Persons = "none"
    names: Callable[[Result, Language], Mapping[str, str]] = field(default=_nobody)

    def possible(self, result: Result, form: Form | None) -> bool:
        """Whether a result has it and the form may hold it."""
        has = bool(result.solved) if self.part is None else self.part in result.solved
        return has and (self.persons != "inside" or form == "internal")

    def of(self, result: Result, form: Form | None, lang: Language) -> pd.DataFrame:
        """The table in a form, without identity numbers; the same frame at every call.

        Raises
        ------
        ValueError
            If it speaks of persons and no form is chosen, or not one that may hold it.
        """
        if self.persons != "none" and form is None:
            raise ValueError(f"{self.code} is about persons: its form must be chosen")
        if not self.possible(result, form):
            raise ValueError(f"{self.code} is not there, or not in this form")
        chosen: Form = form or "publication"
        # Tables of nobody are told in full inside; outside, free text stays behind.
        name = f"{self.code}/{chosen}"
        return result.once(
            name, lang, lambda: table_without_identity(self.made(result, chosen, lang))
        )


def _posts(r: Result, form: Form, lang: Language) -> pd.DataFrame:
    """Posts; what was noted when they were agreed stays inside."""
    table = tables.posts(r.scenario, r.seen, lang)
    return table if form == "internal" else table.drop(columns="agreed_reason")


def _moves(r: Result, form: Form, lang: Language) -> pd.DataFrame:
    """The exchange list; inside, with the reasons of each move."""
    table = released_exchange(r.scenario, r.seen, form, lang)
    if form != "internal":
        return table
    return table.merge(move_reasons(r.scenario, r.seen, lang), on="teacher", how="left")


def _rules(r: Result, form: Form, lang: Language) -> pd.DataFrame:
    del form
    audits = [p.audit for p in r.outcome.parts if p.audit is not None]
    return pd.concat([tables.rules(r.scenario, a, lang) for a in audits], ignore_index=True)


def _readings(r: Result, form: Form, lang: Language) -> pd.DataFrame:
    del form
    audits = [p.audit for p in r.outcome.parts if p.audit is not None]
    return pd.concat([tables.readings(r.scenario, a, lang) for a in audits], ignore_index=True)


def _divided(make: Callable[..., pd.DataFrame], *, words: bool = False) -> Made:
    """A table that explains the division."""

    def made(r: Result, form: Form, lang: Language) -> pd.DataFrame:
        del form
        assert r.division is not None
        return make(r.division, lang) if words else make(r.division)

    return made


def _notices(r: Result, form: Form, lang: Language) -> pd.DataFrame:
    told = notices(r.scenario, r.placed, r.outcome.plan, form, lang)
    return notice_directory(list(told))


TABLES: tuple[ExportTable, ...] = (
    ExportTable("summary", Text("主要指标", "Headline figures"), None,
                lambda r, _f, _l: r.summary),
    ExportTable("approval", Text("审批表", "Approval form"), None,
                lambda r, _f, lang: tables.approval(r.scenario, r.outcome, r.placed, lang)),
    ExportTable("exchange", Text("交流名单", "Exchange list"), "staffing", _moves, "formed"),
    ExportTable("eligibility", Text("交流资格名单", "Eligibility list"), "staffing",
                lambda r, form, lang: released_eligibility(r.scenario, form, lang), "formed"),
    ExportTable("terms", Text("交流任期", "Terms of secondments"), "staffing",
                lambda r, form, lang: released_terms(r.scenario, r.seen, form, lang), "formed"),
    ExportTable("changes", Text("与已公布方案的变化", "Changes to the published plan"), "staffing",
                lambda r, _f, lang: tables.changes(r.scenario, r.seen, lang), "inside"),
    ExportTable("heads", Text("书记校长建议", "Proposals about heads"), "staffing",
                lambda r, _f, lang: tables.head_proposals(r.scenario, r.seen, lang), "inside"),
    ExportTable("ties", Text("同分裁定", "Ties in points"), "staffing",
                lambda r, _f, lang: tables.ties(r.scenario, r.seen, lang), "inside"),
    ExportTable("swap_cycles", Text("互换环", "Cycles of exchange"), "staffing",
                lambda r, _f, lang: swap_cycles(r.scenario, r.seen, lang), "inside"),
    ExportTable("readings", Text("核验明细", "Readings"), None, _readings, "inside"),
    ExportTable("rules", Text("规则核验", "Rules"), None, _rules, "inside"),
    ExportTable("eligibility_by_school", Text("交流资格汇总", "Eligibility by school"), "staffing",
                lambda r, _f, _l: tables.eligibility_by_school(r.scenario)),
    ExportTable("county_rates", Text("交流比例达标", "Exchange rates"), "staffing",
                lambda r, _f, lang: tables.county_rates(r.scenario, r.seen, lang)),
    ExportTable("school_rates", Text("各校交流比例", "School rates"), "staffing",
                lambda r, _f, _l: tables.school_rates(r.scenario, r.seen)),
    ExportTable("exchange_changes", Text("各校变化", "Changes by school"), "staffing",
                lambda r, _f, _l: tables.exchange_changes(r.scenario, r.seen)),
    ExportTable("townships", Text("镇街间交流", "Moves by township"), "staffing",
                lambda r, _f, _l: tables.moves_by_township(r.scenario, r.seen)),
    ExportTable("coverage", Text("课时覆盖", "Coverage"), "staffing",
                lambda r, _f, lang: tables.coverage(r.scenario, r.seen, lang)),
    ExportTable("posts", Text("编制岗位表", "Posts"), "staffing", _posts),
    ExportTable("school_posts", Text("学校编制汇总", "Establishment"), "staffing",
                lambda r, _f, _l: tables.school_posts(r.scenario, r.seen)),
    ExportTable("over_short", Text("超缺编一览", "Over and short"), "staffing",
                lambda r, _f, lang: tables.over_short(r.scenario, r.seen, lang),
                names=lambda r, lang: tables.over_short_names(r.scenario, lang)),
    ExportTable("vacancies", Text("缺编信息", "Vacancies"), "staffing",
                lambda r, _f, lang: tables.vacancies(r.scenario, r.seen, lang)),
    ExportTable("recruitment", Text("招聘建议", "Recruitment"), "staffing",
                lambda r, _f, lang: tables.recruitment(r.scenario, r.seen, lang)),
    ExportTable("supply", Text("补充师资去向", "Supply placed"), "staffing",
                lambda r, _f, lang: tables.supply(r.scenario, r.seen, lang)),
    ExportTable("supply_left", Text("补充师资", "Further supply"), "staffing",
                lambda r, _f, lang: tables.supply_left(r.scenario, r.seen, lang)),
    ExportTable("famous", Text("农村名师", "Famous teachers"), "staffing",
                lambda r, _f, _l: tables.famous(r.scenario, r.seen)),
    ExportTable("training", Text("名师培养需求", "Training need"), "staffing",
                lambda r, _f, lang: tables.training(r.scenario, r.seen, lang)),
    ExportTable("indicators", Text("校际差异系数", "Difference coefficients"), "staffing",
                lambda r, _f, lang: tables.indicators(r.scenario, r.seen, lang)),
    ExportTable("school_indicators", Text("各校指标", "Indicators by school"), "staffing",
                lambda r, _f, _l: tables.school_indicators(r.scenario, r.seen)),
    ExportTable("plan_indicators", Text("规划指标对照", "Plan indicators"), "staffing",
                lambda r, _f, lang: tables.plan_indicators(r.scenario, r.seen, lang)),
    ExportTable("notices", Text("通知单目录", "Directory of notices"), None, _notices),
    ExportTable("quotas", Text("名额分配表", "Quota table"), "admission",
                lambda r, _f, _l: tables.quota_matrix(r.scenario, r.outcome.plan),
                names=lambda r, _l: tables.senior_high_names(r.scenario)),
    ExportTable("quota_changes", Text("名额较上年", "Quota changes"), "admission",
                lambda r, _f, _l: tables.quota_changes(r.scenario, r.outcome.plan)),
    ExportTable("quota_steps", Text("名额计算说明", "Quota steps"), "admission",
                _divided(quota_steps, words=True)),
    ExportTable("quota_multipliers", Text("名额乘数", "Quota multipliers"), "admission",
                _divided(quota_multipliers)),
    ExportTable("quota_checks", Text("名额逐格核对", "Quota check"), "admission",
                _divided(quota_checks)),
    ExportTable("quota_ties", Text("名额并列", "Quota ties"), "admission", _divided(quota_ties)),
    ExportTable("methods", Text("取整方法比较", "Ways of rounding"), "admission",
                lambda r, _f, lang: tables.method_comparison(r.scenario, r.methods, lang)),
    ExportTable("schools_by_method", Text("各初中各法结果", "Junior highs by rounding"),
                "admission",
                lambda r, _f, _l: tables.junior_highs_by_method(r.scenario, r.methods),
                names=lambda r, lang: tables.way_names(r.methods, lang)),
    ExportTable("expected_use", Text("预计使用名额", "Expected use"), "admission",
                lambda r, _f, _l: tables.expected_use(r.scenario, r.outcome.plan)),
    ExportTable("expected_return", Text("未用名额转统招", "Expected return"), "admission",
                lambda r, _f, _l: tables.expected_return(r.scenario, r.outcome.plan)),
    ExportTable("proof", Text("目标与理论界", "Goals and bounds"), None,
                lambda r, _f, lang: tables.proof(r.scenario, r.outcome, lang)),
)  # fmt: skip
"""Every table, in the order of the folder."""

_BY_CODE = {t.code: t for t in TABLES}


def table(code: str) -> ExportTable:
    """The table of a code."""
    return _BY_CODE[code]
