"""Exchange between town and villages, and between townships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from allocator.county.county import County, Place
from allocator.county.places import AreaClass
from allocator.modelling import AREA_CHOICES, Firmness, Linear, Reading, Row, Text, parameter
from allocator.staffing.counted import COUNTED, CountedMoves
from allocator.staffing.placement import Moved, Placement
from allocator.staffing.variables import Variables

Number = Annotated[int, Field(ge=0, le=10_000)]


class DirectionFloor(CountedMoves):
    """At least so many people go from town to country, from country to town, between townships.

    Between townships (各镇之间) means from one township to another, both ends in the country. A
    number of zero asks for nothing.
    """

    title: ClassVar[Text] = Text("城乡之间、各镇之间交流", "Town and country, between townships")
    sentence: ClassVar[Text] = Text(
        "城（{urban}）到乡（{rural}）交流不少于 {urban_to_rural} 人，乡到城不少于 "
        "{rural_to_urban} 人，乡范围内各镇（街道）之间不少于 {between_townships} 人"
        "（0 为不作要求）",
        "At least {urban_to_rural} people go from town ({urban}) to country ({rural}), at least "
        "{rural_to_urban} from country to town, and at least {between_townships} from township to "
        "township in the country (0 asks for nothing)",
    ).then(COUNTED)
    measure: ClassVar[Text] = Text("交流人数", "teachers exchanged")
    clause: ClassVar[Text] = Text(
        "举措38：深入推进城乡之间、各镇之间校长、教师的交流轮岗；人数为自拟默认值",
        "Plan, measure 38: exchange between town and country and between townships; the numbers "
        "are invented defaults",
    )
    formula: ClassVar[str] = "moves in direction >= number"
    default_firmness: ClassVar[Firmness] = "off"
    tier: ClassVar[str] = "rates"

    urban_to_rural: Number = parameter(20, "城到乡不少于", "town to country", "people")
    rural_to_urban: Number = parameter(10, "乡到城不少于", "country to town", "people")
    between_townships: Number = parameter(10, "各镇之间不少于", "between townships", "people")
    urban: tuple[AreaClass, ...] = parameter(
        ("urban",), "城", "town", "choice", choices=AREA_CHOICES, min_length=1
    )
    rural: tuple[AreaClass, ...] = parameter(
        ("township_seat", "rural"), "乡", "country", "choice", choices=AREA_CHOICES, min_length=1
    )

    def _asked(self) -> dict[str, int]:
        """Each direction with the number asked for, those with zero left out."""
        numbers = {
            "urban_to_rural": self.urban_to_rural,
            "rural_to_urban": self.rural_to_urban,
            "between_townships": self.between_townships,
        }
        return {direction: number for direction, number in numbers.items() if number}

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        """``moves in direction >= number`` for each direction asked for."""
        town, country = (
            [p for p in county.places.values() if p.area_class in areas]
            for areas in (self.urban, self.rural)
        )
        moves = {
            "urban_to_rural": self.moved(x, out_of=town, into=country),
            "rural_to_urban": self.moved(x, out_of=country, into=town),
            "between_townships": self._crossing(county, x, country),
        }
        for direction, number in self._asked().items():
            yield Row(direction, moves[direction], ">=", float(number))

    def _crossing(self, county: County, x: Variables, country: list[Place]) -> Linear:
        """All moves in the country but those inside one township."""
        parts = [self.moved(x, out_of=country, into=country)]
        for township in county.townships:
            here = [p for p in country if p.township.id == township.id]
            parts.append(self.moved(x, out_of=here, into=here) * -1)
        return Linear.total(parts)

    def readings(self, county: County, plan: Placement) -> Iterator[Reading]:
        """People who go in each direction asked for."""
        del county
        gone = Counter(d for m in self.counted(plan) for d in self._directions(m))
        for direction, number in self._asked().items():
            moved = gone[direction]
            yield Reading(direction, moved, ">=", number, "people", max(0, number - moved))

    def _directions(self, m: Moved) -> Iterator[str]:
        """The directions in which one move counts: several, where the areas named overlap."""
        start, end = m.origin.area_class, m.destination.area_class
        if start in self.urban and end in self.rural:
            yield "urban_to_rural"
        if start in self.rural and end in self.urban:
            yield "rural_to_urban"
        apart = m.origin.township.id != m.destination.township.id
        if apart and start in self.rural and end in self.rural:
            yield "between_townships"
