"""Protected junior highs count for more than their graduates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from allocator.admission.rules.protecting import CLAIMING, Raising
from allocator.county.county import County
from allocator.county.frozen import Exact
from allocator.modelling import Firmness, Text, parameter

if TYPE_CHECKING:
    from allocator.admission.claimants import Claimant


class ProtectedFactor(Raising):
    """The weight of a protected junior high is multiplied, and its claim kept, rounded down.

    The factor raises the claim; the others' claims fall, as quotas stay what they are.
    """

    title: ClassVar[Text] = Text("倾斜系数", "Factor for rural and weak junior highs")
    sentence: ClassVar[Text] = Text(
        "{areas}初中和{weak}的人数按 {times} 倍计算应得名额，分得名额不低于应得名额（去尾取整）",
        "Junior highs in areas ({areas}) and {weak} count {times} times, and receive no less than "
        "their claim (rounded down)",
    )
    measure: ClassVar[Text] = Text("分得名额", "places received")
    clause: ClassVar[Text] = Text(
        "慈溪市“十四五”教育规划举措21：分配名额向农村初中和薄弱初中倾斜；系数为示例",
        "Cixi 14th five-year education plan, measure 21: rural and weak junior highs favoured; the "
        "factor is an example",
    )
    formula: ClassVar[str] = "sum_i place[i, j] >= floor(claim_j), claim_ij ~ factor * weight_j"
    default_firmness: ClassVar[Firmness] = "off"
    firmness_allowed: ClassVar[tuple[Firmness, ...]] = CLAIMING
    tier: ClassVar[str] = "protection"

    times: Annotated[Exact, Field(ge=1, le=5)] = parameter(Decimal("1.2"), "系数", "times", "")

    def factor(self, county: County, claimant: Claimant) -> Fraction:
        """The factor of a protected junior high, else 1."""
        return Fraction(self.times) if self.protects(county, claimant) else Fraction(1)
