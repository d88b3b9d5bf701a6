"""How much a text is like all that people with one cause say, taken together.

Phrases one by one miss what is said in pieces here and there. This is the measure of searches
known as BM25: a word counts the more, the fewer causes it is said of, and the more often it is
said of this one, each time less.
"""

import math
from collections.abc import Iterable, Mapping

SATURATION = 1.2
"""The less, the sooner it makes no difference how often a word is said."""

BY_LENGTH = 0.75
"""How much a cause of which much is said has to say a word more often, from 0 to 1."""


class Likeness:
    """All that is said of each cause."""

    def __init__(self, phrases: Iterable[tuple[str, float, Mapping[str, float]]]) -> None:
        """Take phrases, each with its cause, how much it counts, and its features."""
        said: dict[str, dict[str, float]] = {}
        lengths: dict[str, float] = {}
        for cause, counts, found in phrases:
            for name, each in found.items():
                of_causes = said.setdefault(name, {})
                of_causes[cause] = of_causes.get(cause, 0.0) + counts * each
                lengths[cause] = lengths.get(cause, 0.0) + counts * each
        usual = math.fsum(lengths.values()) / max(1, len(lengths))
        slowness = {
            cause: SATURATION * (1 - BY_LENGTH + BY_LENGTH * length / usual)
            for cause, length in lengths.items()
        }
        self.weights = {
            name: [
                (cause, often / (often + slowness[cause]) / math.sqrt(len(of_causes)))
                for cause, often in of_causes.items()
            ]
            for name, of_causes in said.items()
        }

    def of(self, found: Mapping[str, float]) -> dict[str, float]:
        """Return how like a text is to what is said of each cause; 1 is the most alike."""
        alike: dict[str, float] = {}
        for name, counts in found.items():
            for cause, weight in self.weights.get(name, ()):
                alike[cause] = alike.get(cause, 0.0) + counts * weight
        most = max(alike.values(), default=1.0)
        return {cause: weight / most for cause, weight in alike.items()}
