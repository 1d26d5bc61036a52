"""Whether two readers mark the same themes: counts and Cohen's kappa, for the office.

Both have read a text without knowing of the other's themes. A theme counts where it was in the code book
when both have read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.measures.kappa import PAIRS, Pair, counted_pairs, kappa
from analysis.measures.themes import Term
from surveys.theme import READERS, TextThemes

TOGETHER = ""
"""The code of all themes together."""


@dataclass(frozen=True)
class ThemeAgreement:
    """How often both readers, one of them or neither has marked a theme, and in how many texts."""

    theme: str
    both: int
    only_first: int
    only_second: int
    neither: int
    texts: int

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa; None of too few texts, or where chance alone would agree in all of them."""
        if self.texts < PAIRS:
            return None
        return kappa(self.both, self.only_first, self.only_second, self.neither)


def agreement(marked: Iterable[TextThemes], book: Iterable[Term]) -> tuple[ThemeAgreement, ...]:
    """Return how far readers agree on each theme that two have looked for, and last on all together."""
    texts = [one for one in marked if len(one.readings) == READERS]
    pairs = {term.theme.code: list(_pairs(term, texts)) for term in book}
    found = [
        ThemeAgreement(code, *counted_pairs(here), len(here))
        for code, here in pairs.items()
        if here
    ]
    if not found:
        return ()
    every = counted_pairs(pair for here in pairs.values() for pair in here)
    return (*found, ThemeAgreement(TOGETHER, *every, max(one.texts for one in found)))


def _pairs(term: Term, texts: Iterable[TextThemes]) -> Iterator[Pair]:
    for one in texts:
        first, second = one.readings
        if term.known_at(first.at) and term.known_at(second.at):
            yield term.theme.code in first.themes, term.theme.code in second.themes
