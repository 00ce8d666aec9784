"""Which ways matter once the moves are made: the periods' flow, a small linear program, tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from allocator.solving.highs import dense
from allocator.solving.program import lay_out
from allocator.solving.progress import Clock
from allocator.solving.relaxation import Relaxation
from allocator.solving.tiers import rounded_up
from allocator.staffing.placement import Placement
from allocator.staffing.walking.burden import WALKED, way
from allocator.staffing.walking.second_stage import SecondStage, Way

SHORT = 1e-3
"""What a period in a second subject costs while the flow is asked which ways it takes."""
FEW = 500
"""Ways that are all laid out: then what is found is the best over all of them."""


@dataclass(frozen=True)
class Guide:
    """What the flow of periods tells about walking with everyone placed."""

    bound: float
    """No walking leaves less uncovered, priced."""
    taken: frozenset[Way]
    """Ways that the flow takes where short ones are preferred."""
    lengths: Mapping[Way, int]
    """All ways in reach, each with its minutes, one at least."""

    def ways(self, seen: Placement, nearest: int = 0) -> set[Way] | None:
        """Ways to be laid out: those of the flow and of a plan, and some of the shortest.

        Parameters
        ----------
        nearest
            How many of the shortest ways out of each section and subject.

        Returns
        -------
        None where all ways are few enough.

        """
        if len(self.lengths) <= FEW:
            return None
        return set(self.taken) | _walked(seen) | self._shortest(nearest)

    def _shortest(self, number: int) -> set[Way]:
        out: dict[tuple[str, str], list[Way]] = defaultdict(list)
        for one in sorted(self.lengths, key=lambda one: (self.lengths[one], one)):
            out[one[0], one[2]].append(one)
        return {one for ways in out.values() for one in ways[:number]}


def guide(stage: SecondStage, threads: int, clock: Clock) -> Guide:
    """Ask the flow what can be left uncovered at least, and which ways it takes for that.

    A period costs a little where it is walked, the more the longer the way, so that no periods flow
    in a circle.
    """
    flow, columns = stage.laid(by_persons=False)
    program = lay_out(flow, squares=False)
    (tier,) = flow.tiers
    cost = program.costs[tier.name]
    if not program.decisions:
        return Guide(cost.constant, frozenset(), {})
    places = stage.county.places
    lengths = {w: way(stage.county, places[w[0]], places[w[1]]) for w in columns.walks}
    costs = dense(cost, program.matrix.lower.size)
    relaxation = Relaxation(program.matrix, threads, clock)
    answer = relaxation.cold(costs)
    answer.must_be_optimal()
    bound = rounded_up(relaxation.bound(costs, answer.duals) + cost.constant, tier)
    if len(lengths) <= FEW:
        return Guide(bound, frozenset(), lengths)
    for taken, column in columns.walks.items():
        costs[column] += SHORT * (WALKED + lengths[taken] / 10)
    for column in columns.flows.values():
        costs[column] += SHORT
    short = relaxation.primal(costs)
    short.must_be_optimal()
    found = frozenset(w for w, column in columns.walks.items() if short.levels[column] > 1e-6)
    return Guide(bound, found, lengths)


def _walked(seen: Placement) -> set[Way]:
    """The ways that the visits of a plan take."""
    return {
        (seen.serving[person].id, entry.section, entry.subject)
        for person, entries in seen.beside.items()
        for entry in entries
        if entry.section != seen.serving[person].id
    }
