"""Places of each senior high by channel: quota, self-recruitment, specialty, unified admission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.county.county import County


@dataclass(frozen=True)
class Channels:
    """The places of one senior high by channel of admission (招生渠道), as its plan lists them."""

    senior_high: str
    places: int
    """Places in all."""
    quota: int
    """Divided among junior highs (名额分配)."""
    self_recruitment: int
    """Filled by its own examination (自主招生)."""
    specialty: int
    """For gifted pupils (特长招生)."""
    unified: int
    """Unified admission (统一招生): as stated, else what the others leave; below 0 where they take
    more than there is."""

    @property
    def total(self) -> int:
        """All channels together."""
        return self.quota + self.self_recruitment + self.specialty + self.unified

    @property
    def adds_up(self) -> bool:
        """Whether the channels are exactly the places there are, and none takes too many."""
        return self.total == self.places and self.unified >= 0


def channels(county: County, quotas: Mapping[str, int]) -> dict[str, Channels]:
    """Places by channel of every senior high, by id, sorted.

    Parameters
    ----------
    quotas
        Quota places of the senior highs that divide any.
    """
    found: dict[str, Channels] = {}
    for high in sorted(county.senior_highs, key=lambda h: h.id):
        quota = quotas.get(high.id, 0)
        left = high.places - quota - high.self_recruitment - high.specialty
        found[high.id] = Channels(
            senior_high=high.id,
            places=high.places,
            quota=quota,
            self_recruitment=high.self_recruitment,
            specialty=high.specialty,
            unified=left if high.unified is None else high.unified,
        )
    return found
