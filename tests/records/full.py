"""The toy county with something in every list, so that no table is empty."""

from __future__ import annotations

from typing import Any

from allocator.county.county import County
from allocator.samples.toy import toy_county

_VETOES = [
    {"teacher": "T00005", "against": "leaving", "reason": "毕业班"},
    {"teacher": "T00002", "against": "leaving"},
    {"teacher": "T00008", "against": "arriving", "reason": "超编"},
]
_OTHERS: dict[str, Any] = {
    "groups": [{"id": "G2", "name": "示例乙集团"}, {"id": "G1", "name": "示例甲集团"}],
    "quota_pools": [{"id": "P1", "name": "示例小校", "schools": ["S4", "S3"]}],
    "past_quotas": [
        {"year": 2019, "senior_high": "H2", "junior_high": "S1", "places": 9, "filled": 8},
        {"year": 2018, "senior_high": "H1", "junior_high": "P1", "places": 4},
    ],
    "quota_lots": [
        {"order": ["S2", "P1", "S1"], "drawn_by": "甲", "on": "2020-05", "note": "示例"},
        {"order": ["S7", "S2"], "senior_high": "H1", "drawn_by": "乙", "on": "2020-04"},
    ],
    "quota_pins": [
        {"senior_high": "H2", "junior_high": "S1", "places": 12, "reason": "示例"},
        {"senior_high": "H1", "junior_high": "P1", "places": 9},
    ],
    "corrections": [
        {"teacher": "T00006", "status": "not_now", "ground": "medical", "confirmed_by": "丙"},
        {"teacher": "T00001", "status": "may", "note": "示例"},
    ],
    "tie_decisions": [
        {"order": ["T00014", "T00007"], "settled_by": "lot", "name": "甲", "on": "2020-05"},
        {"order": ["T00009", "T00002", "T00016"], "settled_by": "person", "name": "乙",
         "on": "2020-06", "note": "示例"},
    ],
    "supply": [
        {"kind": "reserve", "stage": "junior", "subject": "music", "count": 2, "degree": "master"},
        {"kind": "hire", "stage": "primary", "subject": "chinese", "count": 1},
    ],
    "rounds": [
        {"id": "R2", "name": "示例跨校竞聘", "kind": "application", "appointments": [
            {"teacher": "T00010", "campus": "C3", "kind": "secondment"},
            {"teacher": "T00005", "campus": "C2"},
        ]},
        {"id": "R1", "name": "示例校内竞聘", "kind": "in_school"},
    ],
    "rankings": [
        {"campus": "C2", "subject": "maths", "applicants": ["T00005", "T00004"]},
        {"campus": "C1", "subject": "music", "applicants": []},
    ],
    "kinships": [
        {"kind": "relatives", "between": ["T00008", "T00001"]},
        {"kind": "couple", "between": ["T00002", "T00010"]},
    ],
    "points_table": {
        "per_year_at_school": 0.5, "per_year_of_service": 0.25, "per_rural_year": 2,
        "titles": {"none": 1, "third": 2, "second": 3, "first": 4, "senior": 5, "professor": 6},
        "honours": {"county_rising": 1, "county_backbone": 2, "county_famous": 3,
                    "city_backbone": 4, "city_famous": 5, "province_special": 6.5},
        "roles": {"class_teacher": 1, "middle_manager": 2},
    },
}  # fmt: skip
_TEACHERS: dict[str, dict[str, Any]] = {
    "T00002": {
        "also_teaches": ["music", "maths"],
        "certificates": [
            {"stage": "junior", "subject": "music"},
            {"stage": "primary", "subject": "chinese"},
        ],
        "honours": ["county_backbone", "city_backbone"],
        "exemptions": ["medical", "maternity"],
        "points": 12.25,
        "rural_years": 3,
        "reduction": 2,
        "home_zone": "Z2",
        "preferences": ["C3", "C2"],
        "pins": [
            {"kind": "not_to", "campus": "C4", "reason": "路远"},
            {"kind": "goes", "campus": "C2", "reason": "组建团队"},
            {"kind": "not_to", "campus": "C3"},
        ],
    },
    "T00004": {"pins": [{"kind": "stays", "reason": "毕业班"}], "title": "senior"},
    "T00008": {"running_term": {"home": "C1", "started": "2018-08", "ends": "2021-07"}},
    "T00012": {
        "running_term": {"home": "C3", "started": "2018-08", "ends": "2020-07", "goes_on": True}
    },
}


def full_county() -> County:
    """The toy county with two records or more in every list, none of them in order of its ids."""
    plain = toy_county().model_dump(mode="json") | _OTHERS
    plain["teachers"] = [t | _TEACHERS.get(t["id"], {}) for t in reversed(plain["teachers"])]
    first, second = plain["schools"][0], plain["schools"][1]
    first |= {"vetoes": _VETOES, "group": "G1", "opened": "2019-09"}
    first["figures"] = [{"name": "困难学生", "amount": 12.5}, {"name": "住校生", "amount": 3}]
    first["agreed_posts"] = [
        {"stage": "junior", "subject": "music", "posts": 1, "reason": "示例"},
        {"stage": "junior", "subject": "chinese", "posts": 2},
    ]
    primary = {"stage": "primary", "classes": [1, 0, 2, 0, 1, 1], "pupils": 160}
    second["campuses"].append(
        {"id": "C20", "name": "示例分校区", "township": "T3", "sections": [primary]}
    )
    first["campuses"][0]["sections"].insert(0, {**primary, "extra_periods": [
        {"subject": "music", "periods": 2}, {"subject": "chinese", "periods": 1}]})  # fmt: skip
    plain["schools"] = list(reversed(plain["schools"]))
    plain["travel"] |= {
        "local_speed": 42.5,
        "times": [
            {"between": ["C3", "C1"], "minutes": 33},
            {"between": ["C1", "C2"], "minutes": 9},
        ],
    }
    high = plain["senior_highs"][0]
    high |= {"quota_share": 0.655, "self_recruitment": 3, "specialty": 2, "tops_up": False,
             "score_floor": 512.5, "admission_area": ["T3", "T1"]}  # fmt: skip
    plain["reported"][0] |= {"numerator": None, "denominator": None, "value": 0.975}
    plain["senior_highs"][1] |= {"quota_places": 36, "unified": 24}
    return County.model_validate(plain)
