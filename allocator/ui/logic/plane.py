"""Where places lie on a picture with plain axes: as far apart as on the ground."""

from __future__ import annotations

import math
from typing import Any

from allocator.county.county import County, Place

_KM_PER_DEGREE = 111.2
"""Kilometres of one degree of latitude."""


class Plane:
    """Degrees as kilometres east and north of the south-western corner."""

    WIDTH = 860
    """Pixels; the height follows, so that a kilometre is as long both ways."""
    _MARGIN = 0.06

    def __init__(self, county: County) -> None:
        seats = {t.id: (t.latitude, t.longitude) for t in county.townships}
        self._seats = seats
        points = [*seats.values(), *(self._degrees(p) for p in county.places.values())]
        self._south = min(lat for lat, _ in points)
        self._west = min(lon for _, lon in points)
        self._narrow = math.cos(math.radians(self._south))
        made = [self(lat, lon) for lat, lon in points]
        self._east = max(1.0, *(x for x, _ in made))
        self._north = max(1.0, *(y for _, y in made))

    def __call__(self, latitude: float, longitude: float) -> list[float]:
        """Kilometres east and north."""
        east = (longitude - self._west) * _KM_PER_DEGREE * self._narrow
        return [round(east, 3), round((latitude - self._south) * _KM_PER_DEGREE, 3)]

    def section(self, place: Place) -> list[float]:
        """Where a section is."""
        return self(*self._degrees(place))

    def _degrees(self, place: Place) -> tuple[float, float]:
        campus = place.campus
        if campus.latitude is None or campus.longitude is None:
            return self._seats[place.township.id]
        return campus.latitude, campus.longitude

    @property
    def grid(self) -> dict[str, Any]:
        """The area drawn on."""
        height = round(self.WIDTH * self._north / self._east)
        return {"left": "center", "top": 34, "width": self.WIDTH, "height": min(900, height)}

    @property
    def axes(self) -> dict[str, Any]:
        """Axes without marks."""
        return {
            f"{axis}Axis": {
                "type": "value",
                "show": False,
                "min": round(-self._MARGIN * far, 2),
                "max": round((1 + self._MARGIN) * far, 2),
            }
            for axis, far in (("x", self._east), ("y", self._north))
        }


def height(county: County) -> int:
    """Pixels a map of the county needs, with its legend."""
    return int(Plane(county).grid["height"]) + 50
