"""A county full of contradictions: all are told at once, each with its path, in plain words."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.files import load
from allocator.samples.toy import toy_county
from allocator.words import tell

Data = dict[str, Any]


def toy() -> Data:
    return toy_county().model_dump(mode="json")


def section(data: Data, school: int) -> Data:
    found: Data = data["schools"][school]["campuses"][0]["sections"][0]
    return found


def teacher(data: Data, number: int) -> Data:
    found: Data = data["teachers"][number - 1]
    return found


def problems(data: Data) -> tuple[Problem, ...]:
    """What the county's own checks say; they come as one error of pydantic's."""
    with pytest.raises(ValidationError) as caught:
        County.model_validate(data)
    (fault,) = caught.value.errors()
    error = fault["ctx"]["error"]
    assert isinstance(error, DataError)
    return error.problems


def spoil(data: Data) -> dict[str, str]:
    """Put one of every error into the toy county; path -> what a planner must read there."""
    wrong: dict[str, str] = {}
    # places
    data["zones"].append(dict(data["zones"][0]))
    wrong["zones[2].id"] = "Z1"
    data["townships"][1]["zone"] = "Z9"
    wrong["townships[1].zone"] = "Z9"
    data["schools"][0]["group"] = "G9"
    wrong["schools[0].group"] = "G9"
    data["schools"][0]["campuses"][0]["township"] = "T9"
    wrong["schools[0].campuses[0].township"] = "T9"
    data["schools"][0]["agreed_posts"] = [{"stage": "junior", "subject": "drama", "posts": 1}]
    wrong["schools[0].agreed_posts[0].subject"] = "drama"
    data["schools"][3]["campuses"].append(data["schools"][0]["campuses"][0] | {"township": "T3"})
    wrong["schools[3].campuses[1].id"] = "C1"
    data["schools"][4]["campuses"][0]["sections"] *= 2
    wrong["schools[4].campuses[0].sections"] = "C5"
    section(data, 1)["registered_graduates"] = 41  # 40 graduates
    wrong["schools[1].campuses[0].sections[0].registered_graduates"] = "41"
    section(data, 2)["classes"] = [1, 0]
    wrong["schools[2].campuses[0].sections[0].classes"] = "2"
    section(data, 3)["extra_periods"] = [{"subject": "chess", "periods": 2}]
    wrong["schools[3].campuses[0].sections[0].extra_periods[0].subject"] = "chess"
    section(data, 5)["pupils"] = 0
    wrong["schools[5].campuses[0].sections[0].pupils"] = "1"
    data["senior_highs"][0]["quota_places"] = 91  # of 90
    wrong["senior_highs[0].quota_places"] = "91"
    data["senior_highs"][1]["admission_area"] = ["T1", "T8"]
    wrong["senior_highs[1].admission_area[1]"] = "T8"
    # people
    teacher(data, 2)["subject"] = "latin"
    wrong["teachers[1].subject"] = "latin"
    teacher(data, 3)["pins"] = [{"kind": "goes", "campus": "C99"}]
    wrong["teachers[2].pins[0].campus"] = "C99"
    teacher(data, 4)["pins"] = [{"kind": "goes", "campus": "C2"}, {"kind": "stays"}]
    wrong["teachers[3].pins"] = "T00004"
    teacher(data, 5)["entered_school"] = "2020-07"  # the data are of 2020-06
    wrong["teachers[4].entered_school"] = "2020-07"
    teacher(data, 6)["entered_school"] = "2005-07"  # at work since 2005-08
    wrong["teachers[5].entered_school"] = "2005-07"
    teacher(data, 7)["certificates"] = [{"stage": "junior", "subject": "greek"}]
    wrong["teachers[6].certificates[0].subject"] = "greek"
    teacher(data, 8)["running_term"] = {"home": "C88", "started": "2019-09", "ends": "2019-08"}
    wrong["teachers[7].running_term.home"] = "C88"
    wrong["teachers[7].running_term"] = "2019-08"
    teacher(data, 9)["born"] = "2001-09"  # at work since 2017-08, at 15
    wrong["teachers[8].born"] = "2001-09"
    teacher(data, 10)["employment"] = "private"
    wrong["teachers[9].employment"] = "private"
    teacher(data, 11)["stage"] = "primary"
    wrong["teachers[10].stage"] = "C3"
    teacher(data, 12)["campus"] = "C77"
    wrong["teachers[11].campus"] = "C77"
    teacher(data, 13)["preferences"] = ["C1", "C66"]
    wrong["teachers[12].preferences[1]"] = "C66"
    teacher(data, 14)["home_zone"] = "Z7"
    wrong["teachers[13].home_zone"] = "Z7"
    teacher(data, 15)["also_teaches"] = ["dance"]
    wrong["teachers[14].also_teaches[0]"] = "dance"
    teacher(data, 16)["pins"] = [{"kind": "goes", "campus": "C1"}]  # a junior high
    wrong["teachers[15].pins[0].campus"] = "C1"
    teacher(data, 17)["pins"] = [{"kind": "stays", "campus": "C5"}]
    wrong["teachers[16].pins[0].campus"] = "stays"
    teacher(data, 19)["employment"] = "establishment"  # at a private school
    wrong["teachers[18].employment"] = "private"
    data["teachers"].append(teacher(data, 1) | {"campus": "C2"})
    wrong["teachers[20]"] = "T00001"
    # roads
    data["travel"]["roads"][0]["between"] = ["T1", "T7"]
    wrong["travel.roads[0].between"] = "T7"
    data["travel"]["times"] = [{"between": ["C55", "C1"], "minutes": 5}]
    wrong["travel.times[0].between"] = "C55"
    return wrong


def test_the_toy_county_has_no_problem() -> None:
    assert County.model_validate(toy()) == toy_county()


def test_every_contradiction_is_told_at_once_each_with_its_path() -> None:
    data = toy()
    wrong = spoil(data)
    found = [p.path for p in problems(data)]
    assert sorted(found) == sorted(wrong)


def test_every_contradiction_names_what_is_wrong_in_both_languages() -> None:
    data = toy()
    wrong = spoil(data)
    for problem in problems(data):
        english, chinese = tell(problem, "en"), tell(problem, "zh")
        assert wrong[problem.path] in english.removeprefix(problem.path), english
        assert re.search("[一-鿿]", chinese), chinese
        assert "{" not in english + chinese


def test_a_teacher_in_two_schools_is_told_with_both_places() -> None:
    data = toy()
    data["teachers"].append(teacher(data, 1) | {"campus": "C2"})
    (problem,) = problems(data)
    assert {"T00001", "C1", "C2"} <= set(problem.details.values())


def test_a_file_tells_contradictions_and_malformed_entries_in_the_same_breath(
    tmp_path: Path,
) -> None:
    data = toy()
    wrong = {f"county.{path}" for path in spoil(data)}
    section(data, 6)["pupils"] = -1
    wrong.add("county.schools[6].campuses[0].sections[0].pupils")
    teacher(data, 20)["born"] = "1982-13"
    wrong.add("county.teachers[19].born")
    assert {p.path for p in _told(data, tmp_path)} == wrong


def test_a_file_tells_them_in_plain_words(tmp_path: Path) -> None:
    data = toy()
    spoil(data)
    section(data, 6)["pupils"] = -1
    found = _told(data, tmp_path)
    texts = [tell(p, "en") for p in found]
    assert not [t for t in texts if re.search(r"[{}]|[Ii]nput should|[Vv]alidation|pydantic", t)]
    assert all(re.search("[一-鿿]", tell(p, "zh")) for p in found)
    negative = next(t for t in texts if "schools[6]" in t)
    assert "-1 is too small: at least 0" in negative


def test_a_decision_about_a_teacher_with_a_malformed_record_is_not_called_unknown(
    tmp_path: Path,
) -> None:
    data = toy()
    teacher(data, 20)["born"] = "1982-13"
    numbers = ["T00020", "T99999"]
    data["corrections"] = [{"teacher": number, "status": "not_now"} for number in numbers]
    told = {p.path for p in _told(data, tmp_path)}
    assert told == {"county.teachers[19].born", "county.corrections[1].teacher"}


def test_negative_pupils_are_refused_where_they_stand() -> None:
    data = toy()
    section(data, 0)["pupils"] = -1
    with pytest.raises(ValidationError) as caught:
        County.model_validate(data)
    faults = {fault["loc"]: fault["type"] for fault in caught.value.errors()}
    where = ("schools", 0, "campuses", 0, "sections", 0, "pupils")
    assert faults[where] == "greater_than_equal"


LIMITS: dict[str, tuple[Callable[[Data], None], Callable[[Data], None]]] = {
    "born in the month of the sixteenth birthday at work": (
        lambda d: teacher(d, 9).update(born="2001-08"),
        lambda d: teacher(d, 9).update(born="2001-09"),
    ),
    "came to the school in the month of the data": (
        lambda d: teacher(d, 5).update(entered_school="2020-06"),
        lambda d: teacher(d, 5).update(entered_school="2020-07"),
    ),
    "came to the school in the first month at work": (
        lambda d: teacher(d, 6).update(entered_school="2005-08"),
        lambda d: teacher(d, 6).update(entered_school="2005-07"),
    ),
    "all graduates registered": (
        lambda d: section(d, 1).update(registered_graduates=40),
        lambda d: section(d, 1).update(registered_graduates=41),
    ),
    "all places as quota places": (
        lambda d: d["senior_highs"][0].update(quota_places=90),
        lambda d: d["senior_highs"][0].update(quota_places=91),
    ),
    "a term of one month": (
        lambda d: teacher(d, 8).update(
            running_term={"home": "C1", "started": "2019-09", "ends": "2019-09"}
        ),
        lambda d: teacher(d, 8).update(
            running_term={"home": "C1", "started": "2019-09", "ends": "2019-08"}
        ),
    ),
    "not to go to two places": (
        lambda d: teacher(d, 4).update(
            pins=[{"kind": "not_to", "campus": c} for c in ("C2", "C3")]
        ),
        lambda d: teacher(d, 4).update(pins=[{"kind": "goes", "campus": c} for c in ("C2", "C3")]),
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_what_lies_just_inside_is_taken_and_one_step_on_is_one_problem(limit: str) -> None:
    inside, outside = LIMITS[limit]
    data = toy()
    inside(data)
    County.model_validate(data)
    outside(data)
    assert len(problems(data)) == 1


def test_a_pin_to_a_campus_and_a_pin_against_it_contradict_each_other() -> None:
    data = toy()
    teacher(data, 4)["pins"] = [{"kind": k, "campus": "C2"} for k in ("goes", "not_to")]
    assert [p.path for p in problems(data)] == ["teachers[3].pins"]


def test_periods_for_one_job_listed_twice_are_added_or_refused() -> None:
    data = toy()
    section(data, 0)["extra_periods"] = [{"subject": "music", "periods": n} for n in (2, 3)]
    try:
        county = County.model_validate(data)
    except ValidationError:
        return
    # three classes of two periods, and 2 + 3
    assert county.places["C1.junior"].demand["music"] == 11


def _told(county: Data, folder: Path) -> tuple[Problem, ...]:
    path = folder / "county.json"
    document = {"format": "allocator-scenario", "version": 1, "title": "t", "county": county}
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    return caught.value.problems
