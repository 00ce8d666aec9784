"""Transfers off a surplus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar

from allocator.county.county import County, Place
from allocator.county.decisions import Appointment, MoveKind
from allocator.county.people import Teacher
from allocator.county.posts import PostLine, post_lines
from allocator.modelling import MUST_OR_OFF, Firmness, Reading, Row, Text
from allocator.staffing.groups import Who
from allocator.staffing.placement import Moved, Placement
from allocator.staffing.rule import StaffingRule, Trait
from allocator.staffing.variables import Variables


class SurplusTransferLock(StaffingRule):
    """Where this rule is in force, teachers above a school's posts may be transferred for good.

    A transfer (随调) goes from a school over its posts in the subject to one short of them, no more
    people than are over and short. Opening teams and appointments have grounds of their own.
    """

    only: ClassVar[MoveKind | None] = "transfer"
    opens: ClassVar[tuple[MoveKind, ...]] = ("transfer",)

    title: ClassVar[Text] = Text("超编分流（随调）", "Transfers off a surplus")
    sentence: ClassVar[Text] = Text(
        "允许将超岗位学科的教师随调到同学科缺岗位的学校，人数不超过超出数和缺额",
        "Teachers above a school's posts in a subject may be transferred to schools short of them, "
        "no more than are over and short",
    )
    measure: ClassVar[Text] = Text("随调人数", "teachers transferred")
    clause: ClassVar[Text] = Text(
        "举措38：缓解教师结构性缺编和超编问题；县管校聘实施办法",
        "Plan, measure 38: ease structural shortage and surplus of posts",
    )
    formula: ClassVar[str] = "transfers out <= over; transfers in <= short, by school and subject"
    default_firmness: ClassVar[Firmness] = "off"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = MUST_OR_OFF
    tier: ClassVar[str] = "rates"

    def traits(self, county: County) -> Mapping[str, Trait]:
        """Where a teacher's surplus may go, by school; the subject; the result of a round."""
        lines = post_lines(county)
        over = {(n.school, n.stage, n.subject) for n in lines if n.over}
        short = {
            (stage, subject): frozenset(
                n.school for n in lines if n.short and (n.stage, n.subject) == (stage, subject)
            )
            for stage, subject in {(n.stage, n.subject) for n in lines}
        }

        def goes(teacher: Teacher) -> frozenset[str] | None:
            post, start = county.post_place(teacher), county.start(teacher)
            if post is None or post.id != start.id:
                return None
            if (post.school.id, post.stage, teacher.subject) not in over:
                return None
            return short[post.stage, teacher.subject]

        return {
            "goes": goes,
            "subject": lambda t: t.subject,
            "appointment": lambda t: county.appointed.get(t.id),
        }

    def admits(self, county: County, who: Who, place: Place) -> bool:
        """Only from over to short; opening schools and appointments are not judged."""
        appointment = who["appointment"]
        if isinstance(appointment, Appointment) and appointment.campus == place.campus.id:
            return True
        if county.opens(place.school):
            return True
        goes = who["goes"]
        return isinstance(goes, frozenset) and place.school.id in goes

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``transfers out <= over`` and ``transfers in <= short``."""
        for line in post_lines(county):
            places = [p for p in county.places_of_school[line.school] if p.stage == line.stage]
            where = {"subject": line.subject}
            if line.over:
                out = x.moves(kinds=["transfer"], grounds=["surplus"], out_of=places, where=where)
                yield Row(f"{_key(line)}:leaving", out, "<=", float(line.over))
            if line.short:
                into = x.moves(kinds=["transfer"], grounds=["surplus"], into=places, where=where)
                yield Row(f"{_key(line)}:arriving", into, "<=", float(line.short))

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """Transfers that may not be, by teacher; transfers out and in against over and short."""
        lines = {(n.school, n.stage, n.subject): n for n in post_lines(county)}
        flows: Counter[str] = Counter()
        for m in plan.exchanges:
            if m.move.kind != "transfer" or self._apart(county, m):
                continue
            subject, stage = m.teacher.subject, m.destination.stage
            ends = [lines.get((p.school.id, stage, subject)) for p in (m.origin, m.destination)]
            leaves, arrives = ends
            post = county.post_place(m.teacher)
            fits = (
                post is not None
                and post.id == m.origin.id
                and leaves is not None
                and arrives is not None
                and leaves.in_post > leaves.posts
                and arrives.in_post < arrives.posts
            )
            yield Reading(m.teacher.id, int(not fits), "<=", 0, "people", int(not fits))
            if m.move.ground == "surplus":
                flows[f"{m.origin.school.id}/{stage}.{subject}:leaving"] += 1
                flows[f"{m.destination.school.id}/{stage}.{subject}:arriving"] += 1
        for line in lines.values():
            for key, most in (("leaving", line.over), ("arriving", line.short)):
                where = f"{_key(line)}:{key}"
                if most:
                    number = flows[where]
                    yield Reading(where, number, "<=", most, "people", max(0, number - most))

    def _apart(self, county: County, m: Moved) -> bool:
        """Whether a move has a ground of its own: to an opening school, or as appointed."""
        appointed = county.appointed.get(m.teacher.id)
        return county.opens(m.destination.school) or (
            appointed is not None and appointed.campus == m.destination.campus.id
        )


def _key(line: PostLine) -> str:
    return f"{line.school}/{line.stage}.{line.subject}"
