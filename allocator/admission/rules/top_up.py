"""Protected junior highs receive places on top of their share."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from allocator.admission.rules.protecting import CLAIMING, Raising
from allocator.county.county import County
from allocator.modelling import Firmness, Text, parameter

if TYPE_CHECKING:
    from allocator.admission.claimants import Claimant
    from allocator.admission.entitlement import Entitlement

Part = Literal["exact", "down", "up", "half_up"]
PART_CHOICES: tuple[tuple[Part, Text], ...] = (
    ("exact", Text("不取整", "not rounded")),
    ("down", Text("去尾取整", "rounded down")),
    ("up", Text("进一取整", "rounded up")),
    ("half_up", Text("四舍五入", "rounded half up")),
)


class TopUpFloor(Raising):
    """Protected junior highs receive a place on top for so many eligible graduates.

    The places on top come out of the quotas of the senior highs that top up, in proportion to
    these; what is left is divided by weight. The claim is kept, rounded down.
    """

    title: ClassVar[Text] = Text("增加名额", "Places on top for rural and weak junior highs")
    sentence: ClassVar[Text] = Text(
        "{areas}初中和{weak}每 {per} 名符合条件的毕业生增加 1 个名额（{rounding}），"
        "分得名额不低于应得名额（去尾取整）",
        "Junior highs in areas ({areas}) and {weak} receive 1 place on top for every {per} "
        "eligible graduates ({rounding}), and no less than their claim (rounded down)",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text(
        "广州市高中阶段招生办法：农村初中和薄弱初中每 30 名符合条件的毕业生增加 1 个名额",
        "Guangzhou, rules of senior-high admission: rural and weak junior highs, 1 place more for "
        "every 30 eligible graduates",
    )
    formula: ClassVar[str] = (
        "sum_i place[i, j] >= floor(claim_j), sum_i top_up[i, j] = graduates_j / per"
    )
    default_firmness: ClassVar[Firmness] = "off"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = CLAIMING
    tier: ClassVar[str] = "protection"

    per: Annotated[int, Field(ge=1, le=1000)] = parameter(
        30, "每多少名毕业生增加 1 个", "graduates for a place on top", "people"
    )
    rounding: Part = parameter(
        "exact", "增加名额取整", "rounding of places on top", "choice", choices=PART_CHOICES
    )

    def top_up(self, county: County, claimant: Claimant) -> Fraction:
        """Places on top of a protected junior high."""
        if not self.protects(county, claimant):
            return Fraction(0)
        exact = Fraction(claimant.graduates, self.per)
        whole = {
            "down": math.floor(exact),
            "up": math.ceil(exact),
            "half_up": math.floor(exact + Fraction(1, 2)),
        }
        return Fraction(whole.get(self.rounding, exact))

    def beside(self, due: Entitlement, school: str) -> Mapping[str, float]:
        """The claim, and the places on top in it."""
        on_top = sum(places for (_, id), places in due.top_ups.items() if id == school)
        return {"claim": float(due.columns[school]), "on_top": float(on_top)}
