"""Why each move is made: what it gives, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from allocator.insight.move_facts import MoveFacts
from allocator.insight.names import namer, subject_names
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.staffing.counted import CountyRateFloor
from allocator.staffing.placement import Moved
from allocator.staffing.rules.backbone_share import BackboneShare
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor

Reason = tuple[str, str]
"""Code and sentence."""

_SAID: Mapping[str, Text] = {
    "returning": Text("前一轮交流期满，返回原学校", "an earlier term ends: returns home"),
    "appointed": Text("聘任结果（{round}）", "result of a round ({round})"),
    "pinned": Text("事先指定到该校", "pinned to go there"),
    "opening": Text("参加新办学校首批团队", "joins the first team of a school that opens"),
    "famous": Text(
        "名师：{school}应配 {need} 人、原有 {had} 人",
        "famous teacher: {school} needs {need}, had {had}",
    ),
    "covers": Text(
        "补{subject} {covers} 节/周（该校原缺 {lacked} 节/周）",
        "covers {covers} periods a week of {subject} (the school lacked {lacked})",
    ),
    "replaces": Text(
        "接替：少此一人该校{subject}将缺 {covers} 节/周",
        "takes over from others: without this teacher {covers} periods a week of {subject} lack",
    ),
    "surplus": Text(
        "原校{subject}教师富余，离开后不缺课时",
        "the school left had a {subject} teacher to spare and lacks no period of it",
    ),
    "wish": Text("本人第 {choice} 志愿", "choice no. {choice} of the teacher"),
    "volunteer": Text("本人申请交流", "asked to be exchanged"),
    "evens": Text(
        "缩小校际差异（{indicators}）：由高于全县均值的学校到低于均值的学校",
        "evens out {indicators}: from a school above the county's mean to one below",
    ),
    "backbone": Text("计入交流教师中的骨干比例", "counts in the backbone share"),
    "sending": Text(
        "计入{school}的交流比例（应不少于 {needed} 人，共 {sent} 人）",
        "counts in the rate of {school} (at least {needed} people, {sent} go)",
    ),
    "rate": Text("计入“{title}”", "counts in “{title}”"),
    "other": Text(
        "单独清点不出作用：由路程、积分和其他目标决定",
        "gives nothing that can be counted alone: decided by travel, points and other goals",
    ),
}
"""In the order in which the first that holds is called the main reason."""


def move_reasons(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """One row for each move, in the order of the plan: the main reason, and all that hold.

    A reason is what the move gives while all others are made as planned. It is counted from the
    people, not taken from the solver, and several may hold at once. Rates, shares and balance are
    named only where a rule of the scenario asks for them.
    """
    seen = before_after(scenario, plan)
    facts, senders = MoveFacts(scenario, seen), dict(_senders(scenario, lang))
    teller = _Teller(facts, lang, subject_names(scenario, lang), senders)
    joint = "；" if lang == "zh" else "; "
    rows = []
    for m in seen.after.moved:
        found = list(teller.reasons(m)) or [teller.said("other")]
        rows.append(
            {
                "teacher": m.teacher.id,
                "main_reason": found[0][0],
                "reasons": joint.join(text for _, text in found),
            }
        )
    return pd.DataFrame(rows, columns=["teacher", "main_reason", "reasons"])


def _senders(scenario: Scenario, lang: Language) -> Iterator[tuple[str, str]]:
    """Schools and zones, which rates of sending schools speak of."""
    name = namer(scenario, lang)
    for id in (*scenario.county.school, *(z.id for z in scenario.county.zones)):
        yield id, name(id)


@dataclass(frozen=True)
class _Teller:
    """Puts the facts of a move into sentences."""

    facts: MoveFacts
    lang: Language
    subjects: Mapping[str, str]
    senders: Mapping[str, str]

    def said(self, code: str, **details: object) -> Reason:
        """A sentence with its code."""
        return code, _SAID[code].say(self.lang).format(**details)

    def reasons(self, m: Moved) -> Iterator[Reason]:
        """The reasons of one move, the main one first."""
        if m.move.ground == "return":
            yield self.said("returning")
            yield from self._taught(m)
            return
        yield from self._decided(m)
        yield from self._famous(m)
        yield from self._taught(m)
        if self.facts.spared(m):
            yield self.said("surplus", subject=self.subjects[m.teacher.subject])
        yield from self._asked(m)
        yield from self._evens(m)
        yield from self._rates(m)

    def _decided(self, m: Moved) -> Iterator[Reason]:
        """What was decided beforehand."""
        county, campus = self.facts.seen.county, m.destination.campus.id
        result = county.appointed.get(m.teacher.id)
        if result is not None and result.campus == campus:
            held = next(r for r in county.rounds if result in r.appointments)
            yield self.said("appointed", round=held.name)
        if any(p.kind == "goes" and p.campus == campus for p in m.teacher.pins):
            yield self.said("pinned")
        if county.opens(m.destination.school):
            yield self.said("opening")

    def _famous(self, m: Moved) -> Iterator[Reason]:
        found = self.facts.famous_need(m)
        if found is not None:
            name = self.facts.seen.county.school[found.school].name
            yield self.said("famous", school=name, need=found.need, had=f"{found.had:g}")

    def _taught(self, m: Moved) -> Iterator[Reason]:
        covers, lacked = self.facts.covers(m)
        if covers > 0:
            subject = self.subjects[m.teacher.subject]
            code = "covers" if lacked else "replaces"
            yield self.said(code, subject=subject, covers=covers, lacked=lacked)

    def _asked(self, m: Moved) -> Iterator[Reason]:
        """What the teacher asked for."""
        named, campus = m.teacher.preferences, m.destination.campus.id
        if campus in named:
            yield self.said("wish", choice=named.index(campus) + 1)
        if m.teacher.volunteer:
            yield self.said("volunteer")

    def _evens(self, m: Moved) -> Iterator[Reason]:
        for rule in self.facts.in_force(BalanceCap):
            found = self.facts.evens(m, rule.indicators)
            if found:
                joint = "、" if self.lang == "zh" else ", "
                yield self.said("evens", indicators=joint.join(found))

    def _rates(self, m: Moved) -> Iterator[Reason]:
        """The shares and rates the move counts in."""
        facts = self.facts
        for share in facts.in_force(BackboneShare):
            if m.teacher.backbone and facts.counted(share, m):
                yield self.said("backbone")
        for rule in facts.in_force(SendingSchoolRateFloor):
            reading = facts.sender(rule, m) if facts.counted(rule, m) else None
            if reading is not None:
                yield self.said(
                    "sending",
                    school=self.senders[reading.where],
                    needed=f"{reading.limit:g}",
                    sent=f"{reading.actual:g}",
                )
        for rate in facts.in_force(CountyRateFloor):
            if rate.member(m.teacher) and facts.counted(rate, m):
                yield self.said("rate", title=rate.title.say(self.lang))
