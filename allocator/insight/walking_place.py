"""One section explained: what is needed, who gives it, what stays uncovered and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allocator.county.county import Place
from allocator.county.people import Teacher
from allocator.county.plan import Teaching
from allocator.insight.names import person, subject_names
from allocator.insight.view import BeforeAfter, Seen, before_after
from allocator.insight.walking_sources import sources
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.staffing.heads import is_head
from allocator.staffing.need import gives
from allocator.staffing.rules.walking import Walking
from allocator.staffing.walking.able import walking_rule

_NEEDED = Text("{subject}：每周需 {needed} 节", "{subject}: {needed} periods a week are needed")
_ALL = Text("已开足", "all given")
_SHORT = Text("尚缺 {n} 节", "{n} not given")
_NOBODY = Text("本校没有这一学科的教师", "nobody of the school itself teaches it")
_OWN = Text("本校教师 {people} 人，上 {n} 节", "{people} of its own people give {n} periods")
_SUPPLY = Text(
    "补充师资 {people} 人，上 {n} 节", "{people} people of further supply give {n} periods"
)
_VISIT = Text(
    "{person}从{school}来走教 {n} 节，单程 {minutes} 分钟",
    "{person} walks here from {school} for {n} periods, {minutes} min one way",
)
_SECOND = Text(
    "{person}兼课 {n} 节，本学科为{own}",
    "{person} gives {n} periods as a second subject beside {own}",
)
_ALONE = Text(
    "如无走教和兼课，缺 {n} 节", "without walking and second subjects {n} periods not given"
)
_LENT = Text(
    "如无人外出走教，这里只缺 {n} 节", "if nobody walked from here, only {n} would not be given"
)
_STAYED = Text(
    "如无人外出走教，这里可以开足", "if nobody walked from here, all of it would be given"
)
_GOES = Text(
    "{person}去{school}走教{subject} {n} 节，单程 {minutes} 分钟",
    "{person} walks to {school} for {n} periods of {subject}, {minutes} min one way",
)
_NO_SUBJECT = Text("走教规则未列这一学科", "the rule on walking does not list this subject")
_LESS = Text(
    "所缺不足一次走教至少的 {block} 节", "less is missing than the {block} periods of a visit"
)
_FAR = Text(
    "{within} 分钟以内没有可走教的同学段同学科教师",
    "nobody of the subject and stage who may walk is within {within} minutes",
)
_BUSY = Text(
    "{within} 分钟以内可走教的同学科教师 {people} 人，均已空不出 {block} 节或已走满 {schools} 处",
    "of {people} people of the subject within {within} minutes who may walk, nobody has {block} "
    "periods to spare and fewer than {schools} visits",
)
_FREE = Text(
    "{within} 分钟以内还有 {people} 名同学科教师可空出 {block} 节：可延长求解时间，或人工安排",
    "{people} people of the subject within {within} minutes still have {block} periods to spare: "
    "allow more time, or arrange it by hand",
)


@dataclass(frozen=True)
class Given:
    """One subject of a section: a heading, and who gives what."""

    id: str
    """Of the subject."""
    head: str
    lines: tuple[str, ...]
    uncovered: int


@dataclass(frozen=True)
class Explained:
    """One section."""

    subjects: tuple[Given, ...]
    """Those with visits or second subjects, with something uncovered that may walk, or with
    nobody of their own who may walk; in the order of the periods table."""
    going: tuple[str, ...]
    """Who of the section walks elsewhere."""


def explained(scenario: Scenario, plan: Seen, section: str, lang: Language = "zh") -> Explained:
    """Explain a section of a plan whose rule on walking is in force.

    Raises
    ------
    ValueError
        If the rule is off.
    """
    rule = walking_rule(scenario.configured("staffing"))
    if rule is None:
        raise ValueError("walking is off")
    return _Explaining(scenario, before_after(scenario, plan), rule, lang).section(section)


class _Explaining:
    def __init__(self, scenario: Scenario, seen: BeforeAfter, rule: Walking, lang: Language):
        self.scenario, self.seen, self.rule, self.lang = scenario, seen, rule, lang
        self.county, self.plan = seen.county, seen.after
        self.names = subject_names(scenario, lang)

    def section(self, section: str) -> Explained:
        table = sources(self.scenario, self.seen, self.lang)
        mine = table[table["section"] == section].to_dict("records")
        coming = self._coming(section)
        told = []
        for row in mine:
            subject = str(row["subject_id"])
            beside = row["by_visit"] or row["by_second"]
            walks = subject in self.rule.subjects
            if beside or (walks and (row["uncovered_after"] or not row["teachers_after"])):
                numbers = {str(k): int(v) for k, v in row.items() if isinstance(v, int)}
                told.append(self._subject(section, subject, numbers, coming))
        return Explained(tuple(told), tuple(self._going(section)))

    def _coming(self, section: str) -> list[tuple[Teacher, Teaching]]:
        return [
            (self.county.teacher[person], entry)
            for person, entries in self.plan.beside.items()
            for entry in entries
            if entry.section == section
        ]

    def _going(self, section: str) -> Iterator[str]:
        for id, entries in self.plan.beside.items():
            home = self.plan.serving[id]
            for entry in entries:
                if home.id == section and entry.section != section:
                    there = self.county.places[entry.section]
                    yield _GOES.say(self.lang).format(
                        person=person(self.county.teacher[id], self.lang),
                        school=there.name,
                        subject=self.names[entry.subject],
                        n=entry.periods,
                        minutes=self.county.minutes(home, there),
                    )

    def _subject(
        self,
        section: str,
        subject: str,
        row: dict[str, int],
        coming: list[tuple[Teacher, Teaching]],
    ) -> Given:
        lang, missing = self.lang, row["uncovered_after"]
        end = _SHORT.say(lang).format(n=missing) if missing else _ALL.say(lang)
        between = "，" if lang == "zh" else ", "
        head = _NEEDED.say(lang).format(subject=self.names[subject], needed=row["needed"])
        lines = [self._own(row)]
        if row["supply_after"]:
            lines.append(_SUPPLY.say(lang).format(people=row["supply_after"], n=row["by_supply"]))
        lines += [self._beside(t, e, section) for t, e in coming if e.subject == subject]
        if row["uncovered_alone"] > missing:
            lines.append(_ALONE.say(lang).format(n=row["uncovered_alone"]))
        if row["uncovered_alone"] < missing:
            text = _LENT if row["uncovered_alone"] else _STAYED
            lines.append(text.say(lang).format(n=row["uncovered_alone"]))
        if missing:
            lines.append(self._why(self.county.places[section], subject, missing))
        return Given(subject, f"{head}{between}{end}", tuple(lines), missing)

    def _own(self, row: dict[str, int]) -> str:
        if not row["teachers_after"]:
            return _NOBODY.say(self.lang)
        return _OWN.say(self.lang).format(people=row["teachers_after"], n=row["by_own"])

    def _beside(self, teacher: Teacher, entry: Teaching, section: str) -> str:
        lang, home = self.lang, self.plan.serving[teacher.id]
        said = person(teacher, lang)
        if home.id == section:
            own = self.names[teacher.subject]
            return _SECOND.say(lang).format(person=said, n=entry.periods, own=own)
        minutes = self.county.minutes(home, self.county.places[section])
        return _VISIT.say(lang).format(
            person=said, school=home.name, n=entry.periods, minutes=minutes
        )

    def _why(self, place: Place, subject: str, missing: int) -> str:
        """Why nobody gives the rest, as far as the plan tells."""
        rule, lang = self.rule, self.lang
        if subject not in rule.subjects:
            return _NO_SUBJECT.say(lang)
        words = {"within": rule.within, "block": rule.block, "schools": rule.schools}
        near = [t for t in self._may_walk(subject) if self._reaches(t, place)]
        if not near:
            return _FAR.say(lang).format(**words)
        if missing < rule.block:
            return _LESS.say(lang).format(**words)
        free = [t for t in near if self._has_room(t, place)]
        text = _FREE if free else _BUSY
        return text.say(lang).format(people=len(free or near), **words)

    def _may_walk(self, subject: str) -> Iterator[Teacher]:
        for teacher in self.county.teacher.values():
            if teacher.subject == subject and teacher.status == "in_post" and not is_head(teacher):
                yield teacher

    def _reaches(self, teacher: Teacher, place: Place) -> bool:
        home = self.plan.serving[teacher.id]
        near = home.id != place.id and home.stage == place.stage and not home.school.private
        return near and self.county.minutes(home, place) <= self.rule.within

    def _has_room(self, teacher: Teacher, place: Place) -> bool:
        """Whether one more visit of the least length fits in the week."""
        home = self.plan.serving[teacher.id]
        visits = [e for e in self.plan.beside.get(teacher.id, ()) if e.section != home.id]
        used = self.plan.given[teacher.id] + self.rule.travel * (len(visits) + 1)
        free = gives(self.county, teacher, home.stage) - used
        there = any(e.section == place.id for e in visits)
        return free >= self.rule.block and len(visits) < self.rule.schools and not there
