"""The establishment of each school (编制): approved posts, who holds them, post grades."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from allocator.county.county import County, Place
from allocator.county.places import POST_GRADES, PostGrade, School
from allocator.county.posts import post_lines, post_places


@dataclass(frozen=True)
class GradeLine:
    """Posts of one grade at one school (岗位等级), against those whose title is of the grade."""

    grade: PostGrade
    posts: int | None
    """None where the school's graded posts are not recorded; a grade left out has none."""
    holders: int


@dataclass(frozen=True)
class SchoolPosts:
    """The establishment of one public school, and where its people are (编制)."""

    school: str
    establishment: int | None
    """Approved posts, None where not recorded."""
    non_teaching: int
    posts: int
    """Teaching posts agreed, else proposed, all subjects together."""
    holders: int
    """Teachers on establishment whose post is here."""
    lent_out: int
    long_sick: int
    seconded_out: int
    """Of the holders, those who serve at another school for a term."""
    seconded_in: int
    """Those on establishment who serve here for a term, their post being elsewhere."""
    grades: tuple[GradeLine, ...]
    """Highest grade first."""

    @property
    def teaching(self) -> int | None:
        """Approved posts for teachers; nobody in the roster holds a non-teaching post."""
        return None if self.establishment is None else self.establishment - self.non_teaching

    @property
    def free(self) -> int | None:
        """Approved teaching posts that nobody holds; a post of a seconded teacher is not free."""
        return None if self.teaching is None else max(0, self.teaching - self.holders)

    @property
    def above(self) -> int | None:
        """Holders above the approved teaching posts (超编)."""
        return None if self.teaching is None else max(0, self.holders - self.teaching)

    @property
    def beyond(self) -> int | None:
        """Teaching posts counted on that the establishment does not hold: the pool must."""
        return None if self.teaching is None else max(0, self.posts - self.teaching)


def school_posts(
    county: County,
    holding: Mapping[str, Place] | None = None,
    serving: Mapping[str, Place] | None = None,
) -> tuple[SchoolPosts, ...]:
    """Every public school's establishment and people, sorted by school.

    Parameters
    ----------
    holding, serving
        Teacher id -> section of the post, and section served; None takes the county as it is.

    """
    holding = post_places(county) if holding is None else holding
    posts: Counter[str] = Counter()
    for line in post_lines(county, holding):
        posts[line.school] += line.posts
    people: dict[str, Counter[str]] = defaultdict(Counter)
    for id, place in holding.items():
        teacher = county.teacher[id]
        at = (county.home(teacher) if serving is None else serving[id]).school.id
        here = people[place.school.id]
        here.update(("holders", teacher.status, f"grade {teacher.grade}"))
        if at != place.school.id:
            here["out"] += 1
            people[at]["in"] += 1
    return tuple(
        SchoolPosts(
            school=school.id,
            establishment=school.establishment,
            non_teaching=school.non_teaching_posts,
            posts=posts[school.id],
            holders=people[school.id]["holders"],
            lent_out=people[school.id]["lent_out"],
            long_sick=people[school.id]["long_sick"],
            seconded_out=people[school.id]["out"],
            seconded_in=people[school.id]["in"],
            grades=_grades(school, people[school.id]),
        )
        for school in county.school.values()
        if not school.private
    )


def _grades(school: School, people: Counter[str]) -> tuple[GradeLine, ...]:
    posts = {p.grade: p.posts for p in school.graded_posts}
    return tuple(
        GradeLine(grade, posts.get(grade, 0) if posts else None, people[f"grade {grade}"])
        for grade in POST_GRADES
    )
