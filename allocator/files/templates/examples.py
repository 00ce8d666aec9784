"""Rows that show how each table is filled in; all of them invented."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.modelling import Text

_SCHOOL = Text("示例实验学校", "Sample School")
_CAMPUS = Text("示例实验学校", "Sample School")
_TOWN = Text("示例镇", "Sample Town")
_HIGH = Text("示例第一高中", "Sample First Senior High")
_NO, _OTHER = "3302820001", "3302820002"

EXAMPLES: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "zones": ({"id": "Z1", "name": Text("示例东片", "Sample East")},),
    "groups": ({"id": "G1", "name": Text("示例教育集团", "Sample Group")},),
    "townships": ({
        "id": "T01", "name": _TOWN, "kind": "town", "area_class": "township_seat",
        "zone": Text("示例东片", "Sample East"), "latitude": 30.17, "longitude": 121.24,
    },),
    "subjects": ({
        "id": "chinese", "name": Text("语文", "Chinese"), "name_en": "Chinese",
        **{f"periods_{n}": p for n, p in enumerate((8, 8, 7, 7, 6, 6, 5, 5, 5), start=1)},
        "primary_load": 14, "junior_load": 12, "arts_or_pe": False,
    },),
    "schools": ({
        "id": "S001", "name": _SCHOOL, "private": False, "quality": True, "weak": False,
        "establishment": 96, "non_teaching_posts": 4, "posts_senior": 24, "posts_middle": 40,
    },),
    "campuses": ({
        "id": "C001", "name": _CAMPUS, "school": _SCHOOL, "township": _TOWN,
        "area_class": "urban", "latitude": 30.171, "longitude": 121.243,
    },),
    "sections": (
        {
            "school": _SCHOOL, "campus": _CAMPUS, "stage": "primary", "pupils": 1080,
            **{f"classes_{n}": 4 for n in range(1, 7)}, "floor_area": 7200,
        },
        {
            "school": _SCHOOL, "campus": _CAMPUS, "stage": "junior", "pupils": 540,
            **{f"classes_{n}": 4 for n in range(7, 10)}, "graduates": 176,
            "registered_graduates": 168,
        },
    ),
    "extra_periods": ({
        "school": _SCHOOL, "campus": _CAMPUS, "stage": "junior",
        "subject": Text("语文", "Chinese"), "periods": 10,
    },),
    "posts": ({
        "school": _SCHOOL, "stage": "junior", "subject": Text("语文", "Chinese"), "posts": 8,
        "reason": Text("与校长商定", "agreed with the head"),
    },),
    "figures": ({"school": _SCHOOL, "name": Text("住校生", "Boarders"), "amount": 35},),
    "roads": ({"from": _TOWN, "to": Text("示例东镇", "Sample East Town"), "minutes": 25},),
    "times": ({
        "from": _CAMPUS, "to": Text("示例东镇初中", "Sample East Junior High"), "minutes": 32,
    },),
    "teachers": (
        {
            "id": _NO, "name": Text("张示例", "Zhang Sample"), "campus": _CAMPUS,
            "stage": "junior", "subject": Text("语文", "Chinese"), "sex": "f",
            "born": "1982-03", "entered_work": "2005-08", "entered_school": "2012-08",
            "title": "first", "degree": "bachelor", "honours": ["county_backbone"],
            "role": "class_teacher", "employment": "establishment", "status": "in_post",
            "graduating": True, "volunteer": False, "rural_years": 3,
        },
        {
            "id": _OTHER, "name": Text("李示例", "Li Sample"), "campus": _CAMPUS,
            "stage": "primary", "subject": Text("数学", "Mathematics"), "sex": "m",
            "born": "1994-11", "entered_work": "2017-08", "entered_school": "2017-08",
            "title": "second", "degree": "bachelor", "role": "teacher",
            "employment": "establishment", "status": "in_post", "volunteer": True,
        },
    ),
    "certificates": ({
        "teacher": _NO, "stage": "junior", "subject": Text("语文", "Chinese"),
    },),
    "pins": ({"teacher": _NO, "kind": "stays", "reason": Text("毕业班", "final year")},),
    "corrections": ({
        "teacher": _NO, "status": "not_now", "ground": "service_contract",
        "confirmed_by": Text("示例实验学校", "Sample School"),
    },),
    "retirement": ({"sex": "m", "born_from": "1965-01", "age_months": 721},),
    "supply": ({
        "kind": "hire", "stage": "junior", "subject": Text("音乐", "Music"), "count": 2,
        "degree": "bachelor",
    },),
    "rounds": ({
        "id": "R1", "name": Text("校内竞聘", "Inside schools"), "kind": "in_school",
    },),
    "appointments": ({
        "round": Text("校内竞聘", "Inside schools"), "teacher": _NO, "campus": _CAMPUS,
        "kind": "transfer",
    },),
    "rankings": ({
        "campus": _CAMPUS, "subject": Text("语文", "Chinese"), "applicants": [_NO, _OTHER],
    },),
    "kinships": ({"kind": "couple", "first": _NO, "second": _OTHER},),
    "vetoes": ({
        "school": _SCHOOL, "rank": 1, "teacher": _NO, "against": "leaving",
        "reason": Text("毕业班把关教师", "teaches the final year"),
    },),
    "tie_decisions": ({
        "order": [_OTHER, _NO], "settled_by": "lot", "name": Text("王示例", "Wang Sample"),
        "on": "2020-06",
    },),
    "reported": ({
        "indicator": "8", "numerator": 994, "denominator": 1000, "as_of": "2019-12",
        "source": Text("体育科", "PE office"),
    },),
    "senior_highs": ({
        "id": "H01", "name": _HIGH, "places": 600, "quality": True, "quota_share": 0.6,
        "self_recruitment": 20, "specialty": 10, "tops_up": True,
    },),
    "quota_pools": ({
        "id": "P1", "name": Text("小规模初中", "Small junior highs"),
        "schools": ["S002", "S003"],
    },),
    "past_quotas": ({
        "year": 2019, "senior_high": _HIGH, "junior_high": _SCHOOL, "places": 42, "filled": 41,
    },),
    "quota_lots": ({
        "senior_high": _HIGH, "order": ["S001", "P1"],
        "drawn_by": Text("王示例", "Wang Sample"), "on": "2020-05",
    },),
    "quota_pins": ({
        "senior_high": _HIGH, "junior_high": _SCHOOL, "places": 40,
        "reason": Text("上年公布后调整", "adjusted after the last publication"),
    },),
}  # fmt: skip
"""By table; tables of one row have none, as their row shows what they ask for."""
