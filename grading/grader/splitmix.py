"""The guest's random numbers, computed again outside (splitmix64; see guest/common/random.c)."""

from __future__ import annotations

MASK = (1 << 64) - 1
STEP = 0x9E3779B97F4A7C15


class SplitMix64:
    """The sequence that begins with a seed: same methods, same order, same numbers as inside."""

    def __init__(self, seed: int) -> None:
        self._state = seed & MASK

    def next(self) -> int:
        """As guest_random(): 64 bits."""
        self._state = (self._state + STEP) & MASK
        mixed = self._state
        mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & MASK
        return mixed ^ mixed >> 31

    def below(self, limit: int) -> int:
        """As guest_random_below(): 0 to limit - 1."""
        return self.next() % limit


def derived_seed(seed: int, index: int) -> int:
    """The seed of a run's boot number `index`: the first boot has the run's own."""
    return seed if index == 0 else SplitMix64(seed ^ index).next()
