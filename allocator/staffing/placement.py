"""A staffing plan seen as people at places: what readings and scores are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from allocator.county.county import County, Place
from allocator.county.frozen import DataError, Problem
from allocator.county.people import Teacher
from allocator.county.plan import Move, Plan, Supply, Teaching
from allocator.county.posts import post_places
from allocator.staffing.need import CoverageBy, gives, need, second_subjects


@dataclass(frozen=True)
class Moved:
    """One move with its people and places looked up."""

    teacher: Teacher
    origin: Place
    destination: Place
    move: Move

    @property
    def exchange(self) -> bool:
        """Whether it crosses from one legal unit to another: a move inside one is no exchange."""
        return self.origin.school.id != self.destination.school.id


@dataclass(frozen=True)
class Placement:
    """Who serves where under a plan.

    Raises
    ------
    DataError
        From :func:`placement`, if the plan names someone or somewhere unknown, moves a teacher
        twice or from a wrong place: then it is no plan of this county.

    """

    county: County
    plan: Plan
    moved: tuple[Moved, ...]

    @cached_property
    def serving(self) -> Mapping[str, Place]:
        """Teacher id -> section served after the moves."""
        places = {t.id: self.county.home(t) for t in self.county.teacher.values()}
        places.update({m.teacher.id: m.destination for m in self.moved})
        return places

    @cached_property
    def staff(self) -> Mapping[str, tuple[Teacher, ...]]:
        """Section id -> teachers in post there after the moves."""
        found: dict[str, list[Teacher]] = defaultdict(list)
        for teacher in self.county.teacher.values():
            if teacher.status == "in_post":
                found[self.serving[teacher.id].id].append(teacher)
        return {place: tuple(found[place]) for place in self.county.places}

    @cached_property
    def taught(self) -> Mapping[tuple[str, str], int]:
        """(section, subject) -> weekly periods given, counted from the plan's teaching."""
        given: dict[tuple[str, str], int] = defaultdict(int)
        for entry in self.plan.teaching:
            given[entry.section, entry.subject] += entry.periods
        return given

    @cached_property
    def given(self) -> Mapping[str, int]:
        """Teacher id -> weekly periods given, wherever and in whatever subject."""
        found: dict[str, int] = defaultdict(int)
        for entry in self.plan.teaching:
            found[entry.teacher] += entry.periods
        return found

    @cached_property
    def beside(self) -> Mapping[str, tuple[Teaching, ...]]:
        """Teacher id -> teaching beside the own subject at the own section, by teacher."""
        found: dict[str, list[Teaching]] = defaultdict(list)
        for entry in self.plan.teaching:
            known = entry.teacher in self.county.teacher and entry.section in self.county.places
            if known and not _at_home(self, entry):
                found[entry.teacher].append(entry)
        return {teacher: tuple(found[teacher]) for teacher in sorted(found)}

    @cached_property
    def posts(self) -> Mapping[str, Place]:
        """Teacher id -> section of the post after the moves, for all who hold one."""
        return post_places(self.county, (m.move for m in self.moved))

    @cached_property
    def holders(self) -> Mapping[str, tuple[Teacher, ...]]:
        """Section id -> teachers whose posts are there after the moves, in post or away."""
        found: dict[str, list[Teacher]] = defaultdict(list)
        for teacher, post in self.posts.items():
            found[post.id].append(self.county.teacher[teacher])
        return {place: tuple(found[place]) for place in self.county.places}

    @cached_property
    def supplied(self) -> Mapping[tuple[str, str], tuple[Supply, ...]]:
        """(section, subject) -> people placed there by number."""
        found: dict[tuple[str, str], list[Supply]] = defaultdict(list)
        for entry in self.plan.supply:
            found[entry.section, entry.subject].append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def placed(self) -> tuple[Moved, ...]:
        """Moves that are decided now; returns follow from earlier terms and break no rule."""
        return tuple(m for m in self.moved if m.move.ground != "return")

    @cached_property
    def exchanges(self) -> tuple[Moved, ...]:
        """Moves decided now that cross from one legal unit to another."""
        return tuple(m for m in self.placed if m.exchange)


def placement(county: County, plan: Plan, walking: CoverageBy | None = None) -> Placement:
    """Look a plan up in its county, and refuse one that cannot be a plan of it.

    Parameters are those of :func:`examined`.
    """
    found, problems = examined(county, plan, walking)
    if problems:
        raise DataError(problems)
    return found


def examined(
    county: County, plan: Plan, walking: CoverageBy | None = None
) -> tuple[Placement, tuple[Problem, ...]]:
    """Look a plan up in its county; what cannot be is named, and such moves are left out.

    Parameters
    ----------
    walking
        What a section needs, where teachers may walk or give a second subject: no more is given
        there than needed. None where a rule does not let them: then they cannot.

    """
    problems: list[Problem] = []
    moved: list[Moved] = []
    seen: set[str] = set()
    for n, move in enumerate(plan.moves):
        path = f"moves[{n}]"
        teacher = county.teacher.get(move.teacher)
        destination = county.places.get(move.destination)
        details = {"id": move.teacher, "place": move.destination}
        if teacher is None:
            problems.append(Problem(path, "teacher {id} is not in this county", details))
            continue
        if destination is None:
            problems.append(Problem(path, "section {place} is not in this county", details))
            continue
        origin = county.home(teacher)
        back = county.returns.get(teacher.id)
        if move.teacher in seen:
            problems.append(Problem(path, "teacher {id} is moved twice: keep one move", details))
        elif move.origin != origin.id:
            details["home"] = origin.id
            problems.append(Problem(path, "teacher {id} serves at {home}: correct it", details))
        elif destination.stage != origin.stage:
            details["stage"] = origin.stage
            problems.append(Problem(path, "teacher {id} stays at the {stage} stage", details))
        elif destination.id == origin.id:
            problems.append(Problem(path, "teacher {id} moves to where they are", details))
        elif back is not None and (back.id != destination.id or move.ground != "return"):
            details["home"] = back.id
            text = "the term of teacher {id} ends: list the return to {home}, and no other move"
            problems.append(Problem(path, text, details))
        elif back is None and move.ground == "return":
            text = "teacher {id} has no term that ends this year: remove the return"
            problems.append(Problem(path, text, details))
        else:
            moved.append(Moved(teacher, origin, destination, move))
        seen.add(move.teacher)
    found = Placement(county, plan, tuple(moved))
    if not problems:
        problems = [*_teaching_problems(found, walking), *_supply_problems(found)]
    return found, tuple(problems)


def missing_returns(county: County, plan: Plan) -> tuple[Problem, ...]:
    """Those whose term ends this year and whom a plan does not send home."""
    listed = {m.teacher for m in plan.moves}
    text = "the term of teacher {id} ends: list the return to {home}, and no other move"
    return tuple(
        Problem("moves", text, {"id": teacher, "home": back.id})
        for teacher, back in county.returns.items()
        if teacher not in listed
    )


def _supply_problems(found: Placement) -> list[Problem]:
    """Supply that nobody could place: unknown, not needed there, listed twice, or too much."""
    problems: list[Problem] = []
    county = found.county
    used: dict[str, int] = defaultdict(int)
    seen: set[tuple[str, str, str]] = set()
    for n, entry in enumerate(found.plan.supply):
        path = f"supply[{n}]"
        details = {"place": entry.section, "subject": entry.subject, "kind": entry.kind}
        place = county.places.get(entry.section)
        key = (entry.section, entry.subject, entry.kind)
        if place is None:
            problems.append(Problem(path, "section {place} is not in this county", details))
            continue
        if place.school.private or entry.subject not in place.demand:
            text = "{place} needs nobody for {subject} from the county: remove the entry"
            problems.append(Problem(path, text, details))
        if key in seen:
            text = "{kind} for {subject} at {place} is listed twice: join the entries"
            problems.append(Problem(path, text, details))
        seen.add(key)
        used[f"{entry.kind}.{place.stage}.{entry.subject}"] += entry.count
    offered = {offer.id: offer.count for offer in county.supply}
    text = "{placed} people of {id} are placed, the county has {count}: take some back"
    problems.extend(
        Problem("supply", text, {"id": key, "placed": number, "count": offered.get(key, 0)})
        for key, number in sorted(used.items())
        if number > offered.get(key, 0)
    )
    return problems


def _at_home(found: Placement, entry: Teaching) -> bool:
    """Whether this is teaching in the own subject at the own section."""
    teacher = found.county.teacher[entry.teacher]
    return entry.subject == teacher.subject and entry.section == found.serving[teacher.id].id


def _teaching_problems(found: Placement, walking: CoverageBy | None) -> list[Problem]:
    """Teaching that nobody could give: unknown, elsewhere, not certified, or over the load."""
    problems: list[Problem] = []
    county = found.county
    total: dict[str, int] = defaultdict(int)
    beside: list[tuple[str, Teaching]] = []
    for n, entry in enumerate(found.plan.teaching):
        path = f"teaching[{n}]"
        details = {"id": entry.teacher, "place": entry.section, "subject": entry.subject}
        teacher = county.teacher.get(entry.teacher)
        if teacher is None or entry.subject not in county.subject:
            problems.append(Problem(path, "teacher {id} or subject {subject} unknown", details))
            continue
        if teacher.status != "in_post":
            problems.append(Problem(path, "teacher {id} is not in post", details))
            continue
        if not _at_home(found, entry):
            text = _strange(found, teacher, entry, walking)
            if text is not None:
                details["stage"] = teacher.stage
                problems.append(Problem(path, text, details))
                continue
            beside.append((path, entry))
        total[teacher.id] += entry.periods
    problems.extend(
        Problem("teaching", "teacher {id} is given more than a full load", {"id": teacher})
        for teacher, periods in sorted(total.items())
        if periods > gives(county, county.teacher[teacher], county.teacher[teacher].stage)
    )
    if walking is not None:
        problems += _too_much(found, beside, walking)
    return problems


def _strange(
    found: Placement, teacher: Teacher, entry: Teaching, walking: CoverageBy | None
) -> str | None:
    """Why somebody cannot teach there, or not that, beside the own subject at home."""
    home = found.serving[teacher.id]
    place = found.county.places.get(entry.section)
    if place is None or (home.id != place.id and walking is None):
        return "teacher {id} does not serve at {place}"
    if home.id != place.id and place.stage != home.stage:
        return "teacher {id} stays at the {stage} stage"
    if entry.subject != teacher.subject and (
        walking is None or home.id != place.id or entry.subject not in second_subjects(teacher)
    ):
        return "teacher {id} does not teach {subject}"
    if home.school.private or place.school.private:
        return "teacher {id} does not serve at {place}"
    return None


def _too_much(
    found: Placement, beside: list[tuple[str, Teaching]], walking: CoverageBy
) -> list[Problem]:
    """Visits and second subjects listed twice, or beyond what is needed there."""
    problems: list[Problem] = []
    needed = need(found.county, walking)
    seen: set[tuple[str, str, str]] = set()
    for path, entry in beside:
        details = {"id": entry.teacher, "place": entry.section, "subject": entry.subject}
        key = (entry.teacher, entry.section, entry.subject)
        if key in seen:
            text = "teacher {id} is listed twice for {subject} at {place}: join the entries"
            problems.append(Problem(path, text, details))
        seen.add(key)
        most = needed[entry.section].get(entry.subject, 0)
        given = found.taught[entry.section, entry.subject]
        if given > most:
            text = "{place} needs {most} periods of {subject}, {given} are given: take some back"
            problems.append(Problem(path, text, details | {"most": most, "given": given}))
    return problems
