"""Travel minutes between campuses: listed times, else roads between township seats."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field

from allocator.county.frozen import Frozen, Identifier, Whole

if TYPE_CHECKING:
    from allocator.county.places import Campus, Township


class Road(Frozen):
    """A road between the seats of two townships."""

    between: tuple[Identifier, Identifier]
    minutes: Whole


class TravelTime(Frozen):
    """A measured travel time between two campuses, both ways; it overrides the roads."""

    between: tuple[Identifier, Identifier]
    minutes: Whole


class Travel(Frozen):
    """How long the way between two campuses takes."""

    local_speed: Annotated[float, Field(gt=0, le=120)] = 30.0
    """Speed off the listed roads, kilometres an hour."""
    detour: Annotated[float, Field(ge=1, le=3)] = 1.3
    """Length of the way divided by the straight line."""
    roads: tuple[Road, ...] = ()
    times: tuple[TravelTime, ...] = ()


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (latitude, longitude) points in degrees."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, p)) for p in (a, b))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 6371.0 * 2 * math.asin(math.sqrt(h))


def travel_minutes(
    campuses: Sequence[Campus], townships: Sequence[Township], travel: Travel
) -> npt.NDArray[np.int64]:
    """Whole minutes from each campus to each other, rounded up.

    Within a township the way is direct. Between townships it is the shorter of the direct way and
    the way over the two seats and the roads between them; a listed time overrides both.

    Returns
    -------
    ndarray
        Shape (campuses, campuses), symmetric, in the order given.

    """
    import networkx as nx  # a third of a second, and only needed here

    per_km = 60 / travel.local_speed * travel.detour
    seats = {t.id: (t.latitude, t.longitude) for t in townships}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(seats))
    for road in travel.roads:
        known = graph.get_edge_data(*road.between, {}).get("minutes", road.minutes)
        graph.add_edge(*road.between, minutes=min(known, road.minutes))
    between = dict(nx.all_pairs_dijkstra_path_length(graph, weight="minutes"))
    points = [
        seats[c.township]
        if c.latitude is None or c.longitude is None
        else (c.latitude, c.longitude)
        for c in campuses
    ]
    to_seat = [
        kilometres(p, seats[c.township]) * per_km for p, c in zip(points, campuses, strict=True)
    ]
    result = np.zeros((len(campuses), len(campuses)), dtype=np.int64)
    for i, a in enumerate(campuses):
        for j in range(i + 1, len(campuses)):
            b = campuses[j]
            minutes = kilometres(points[i], points[j]) * per_km
            if a.township != b.township:
                over = between[a.township].get(b.township, math.inf)
                minutes = min(minutes, to_seat[i] + over + to_seat[j])
            result[i, j] = result[j, i] = math.ceil(round(minutes, 6))
    position = {c.id: i for i, c in enumerate(campuses)}
    for listed in travel.times:
        i, j = (position[c] for c in listed.between)
        result[i, j] = result[j, i] = listed.minutes
    return result
