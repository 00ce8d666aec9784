"""Decisions, terms and months that contradict each other are told, each with its path."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.samples.toy import toy_county
from allocator.words import tell

Data = dict[str, Any]
ENDS = {"home": "C2", "started": "2017-09", "ends": "2020-08"}
"""A term of someone at C1 that ends before September 2020; the data are of 2020-06."""


def problems(change: Callable[[Data], object]) -> tuple[Problem, ...]:
    """What the checks say of the toy county after a change; nothing where it is valid."""
    data = toy_county().model_dump(mode="json")
    change(data)
    try:
        County.model_validate(data)
    except ValidationError as refusal:
        (fault,) = refusal.errors()
        error = fault["ctx"]["error"]
        assert isinstance(error, DataError)
        return error.problems
    return ()


def people(**changes: Data) -> Callable[[Data], None]:
    """A change of teachers, by T and number."""

    def change(data: Data) -> None:
        for key, new in changes.items():
            data["teachers"][int(key[1:]) - 1].update(new)

    return change


def appointed(teacher: str, campus: str, kind: str = "application", **more: Data) -> Any:
    """One result of one round, beside changes of teachers."""

    def change(data: Data) -> None:
        people(**more)(data)
        result = {"teacher": teacher, "campus": campus}
        data["rounds"] = [{"id": "R1", "name": "一", "kind": kind, "appointments": [result]}]

    return change


def pin(kind: str, campus: str | None = None) -> Data:
    return {"pins": [{"kind": kind, "campus": campus}]}


def ages(*entries: tuple[str, str]) -> Callable[[Data], None]:
    """A retirement table of entries (sex, born from), all at 60."""

    def change(data: Data) -> None:
        data["terms"]["retirement"] = [
            {"sex": sex, "born_from": month, "age_months": 720} for sex, month in entries
        ]

    return change


def opens(month: str, classes: tuple[int, int, int] = (2, 1, 0)) -> Callable[[Data], None]:
    """S8 opens without staff in a month, with some classes of grades 7 to 9."""

    def change(data: Data) -> None:
        campus = data["schools"][1]["campuses"][0]
        section = campus["sections"][0] | {"classes": classes}
        campus = campus | {"id": "C8", "sections": [section]}
        data["schools"].append(data["schools"][1] | {"id": "S8", "opened": month})
        data["schools"][-1]["campuses"] = [campus]

    return change


def two_rounds(data: Data) -> None:
    data["rounds"] = [{"id": "R1", "name": n, "kind": "application"} for n in ("一", "二")]


def ranks(subject: str, *applicants: str) -> Callable[[Data], None]:
    def change(data: Data) -> None:
        data["rankings"] = [{"campus": "C2", "subject": subject, "applicants": applicants}]

    return change


def offered(kind: str, stage: str, count: int, subject: str = "dance") -> Callable[[Data], None]:
    """People of a subject; dance has two periods in grades 1 to 6 and none later."""

    def change(data: Data) -> None:
        dance = {"id": "dance", "name": "舞蹈", "name_en": "Dance"}
        data["subjects"].append(data["subjects"][2] | dance | {"periods": [2] * 6 + [0] * 3})
        offer = {"kind": kind, "stage": stage, "subject": subject, "count": count}
        data["supply"] = [offer]

    return change


FOUND: list[tuple[Callable[[Data], object], dict[str, str]]] = [
    (two_rounds, {"rounds[1].id": "R1"}),
    (
        appointed("T99999", "C99"),
        {"rounds[0].appointments[0].campus": "C99", "rounds[0].appointments[0].teacher": "T99999"},
    ),
    (appointed("T00001", "C2", T1=pin("stays")), {"rounds[0].appointments[0].campus": "T00001"}),
    (appointed("T00001", "C2", T1=pin("goes", "C3")), {"rounds[0].appointments[0].campus": "C2"}),
    (appointed("T00001", "C2", T1=pin("not_to", "C2")), {"rounds[0].appointments[0].campus": "C2"}),
    (
        appointed("T00001", "C3", T1={"running_term": ENDS}),
        {"rounds[0].appointments[0].campus": "2020-08"},
    ),
    (people(T1={"running_term": ENDS} | pin("goes", "C3")), {"teachers[0].pins[0].campus": "C2"}),
    (
        people(T1={"running_term": ENDS | {"started": "2020-07"}}),
        {"teachers[0].running_term.started": "2020-07"},
    ),
    (
        people(T1={"running_term": ENDS | {"started": "2005-07"}}),  # at work since 2005-08
        {"teachers[0].running_term.started": "2005-07"},
    ),
    (people(T1={"running_term": ENDS | {"home": "C7"}}), {"teachers[0].running_term.home": "C7"}),
    (people(T19={"running_term": ENDS}), {"teachers[18].running_term.home": "T00019"}),
    (ranks("music", "T00006", "T00008"), {"rankings[0].applicants[1]": "T00008"}),
    (
        ages(("m", "1900-01"), ("f", "1900-01"), ("m", "1900-01")),
        {"terms.retirement[2]": "terms.retirement[0]"},
    ),
    # Numbers not divisible by three are women: 13 of 20, all born in 1982 or later.
    (ages(("m", "1900-01")), {"terms.retirement": "13 women"}),
    # T13, born in 1961-09, is made a man by the roster; the other men are younger.
    (ages(("m", "1961-10"), ("f", "1900-01")), {"terms.retirement": "T00013"}),
    (opens("2020-10"), {"schools[7].opened": "3 classes"}),
    (offered("hire", "junior", 1), {"supply[0].subject": "dance at the junior stage"}),
]


@pytest.mark.parametrize(("change", "expected"), FOUND)
def test_contradictions_are_told_with_their_path_in_both_languages(
    change: Callable[[Data], object], expected: dict[str, str]
) -> None:
    found = problems(change)
    assert sorted(p.path for p in found) == sorted(expected)
    for problem in found:
        english, chinese = tell(problem, "en"), tell(problem, "zh")
        assert expected[problem.path] in english.removeprefix(problem.path), english
        assert re.search("[一-鿿]", chinese), chinese
        assert "{" not in english + chinese


@pytest.mark.parametrize(
    "change",
    [
        appointed("T00001", "C1", "in_school", T1=pin("stays")),
        appointed("T00001", "C2", T1=pin("goes", "C2")),
        appointed("T00001", "C2", T1=pin("not_to", "C3")),
        # Who returns may win a post of the school that is home again, and none elsewhere.
        appointed("T00001", "C2", "in_school", T1={"running_term": ENDS}),
        people(T1={"running_term": ENDS} | pin("goes", "C2")),
        people(T1={"running_term": ENDS | {"ends": "2020-09"}} | pin("goes", "C3")),
        people(T1={"running_term": ENDS} | pin("not_to", "C2")),  # a return breaks no pin
        people(T1={"running_term": ENDS} | pin("stays")),
        people(T1={"running_term": ENDS | {"started": "2005-08"}}),
        people(T1={"running_term": ENDS | {"started": "2020-06"}}),
        ages(("m", "1961-09"), ("f", "1982-03")),
        opens("2020-09"),
        offered("hire", "junior", 0),
        offered("hire", "primary", 1),
        offered("reserve", "junior", 1, "music"),
        opens("2020-10", (0, 0, 0)),
    ],
)
def test_what_agrees_at_the_border_is_no_contradiction(change: Callable[[Data], object]) -> None:
    assert problems(change) == ()
