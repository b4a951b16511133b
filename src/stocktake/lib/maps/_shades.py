"""Classes of shade for counts: few, round, and with bounds that can be printed in a legend."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

_ROUND = (1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60, 80)
CLASSES = 5


@dataclass(frozen=True)
class Step:
    """One class of shade: 0 for none, then 1 (low) to 5 (high), with its bounds in words."""

    step: int
    label: str


@dataclass(frozen=True)
class Shades:
    """Where each class of shade begins: ascending whole numbers, the first of them 1.

    Raises:
        ValueError: the bounds do not ascend from 1, or are more than five.
    """

    starts: tuple[int, ...]

    def __post_init__(self) -> None:
        rising = all(low < high for low, high in zip(self.starts, self.starts[1:], strict=False))
        if not self.starts or self.starts[0] != 1 or not rising or len(self.starts) > CLASSES:
            raise ValueError(f"Shades start at 1 and ascend, at most {CLASSES}: {self.starts}.")

    def step_of(self, count: int) -> int:
        """Say which class a count falls in; 0 is kept for none at all."""
        place = bisect_right(self.starts, count)
        return self._spread(place)

    def legend(
        self,
        *,
        none: str = "0",
        or_more: str = "%(count)s+",
        number: Callable[[int], str] = str,
    ) -> tuple[Step, ...]:
        """Name the classes, e.g. None, 1–4, 5–14, 15 or more.

        Args:
            none: the word for no entries.
            or_more: the pattern of the last class, with the place `%(count)s`.
            number: writes a number in the reader's language.
        """
        steps = [Step(0, none)]
        for place, low in enumerate(self.starts, start=1):
            if place == len(self.starts):
                label = or_more % {"count": number(low)}
            else:
                high = self.starts[place] - 1
                label = number(low) if high == low else f"{number(low)}–{number(high)}"
            steps.append(Step(self._spread(place), label))
        return tuple(steps)

    def _spread(self, place: int) -> int:
        """Spread fewer than five classes over the five shades, so that the last is the darkest."""
        last = len(self.starts)
        if place == 0 or last == CLASSES:
            return place
        if last == 1:
            return 3
        return 1 + round((place - 1) * (CLASSES - 1) / (last - 1))


def thresholds(counts: Iterable[int]) -> Shades:
    """Choose bounds for some counts: about a fifth of those above 0 in each class, then rounded.

    Bounds are 1, 2, 3, 5, 10, 15, 20, 30, 40, 50, 60 or 80 times a power of ten, so that the
    legend reads easily. Equal counts always get the same shade; the fewer different counts there
    are, the fewer classes.
    """
    seen = sorted(count for count in counts if count > 0)
    if not seen:
        return Shades((1,))
    starts = [1]
    for place in range(1, CLASSES):
        bound = _rounded(seen[min(len(seen) - 1, round(place * len(seen) / CLASSES))])
        if starts[-1] < bound <= seen[-1]:
            starts.append(bound)
    return Shades(tuple(starts))


def _rounded(value: int) -> int:
    """Give the largest readable number that is not above the value."""
    candidates: Sequence[int] = [
        factor * 10**power for power in range(len(str(value)) + 1) for factor in _ROUND
    ]
    return max(candidate for candidate in candidates if candidate <= value)
