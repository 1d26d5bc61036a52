"""Readers of all published counts, and the counts under five that they find."""

from collections.abc import Collection, Iterator

from analysis.disclosure.bases import members
from analysis.disclosure.common_knowledge import CommonKnowledge
from analysis.disclosure.everybody import Everybody, Places
from analysis.disclosure.printed import Tables
from analysis.disclosure.program import Left
from analysis.disclosure.question import Kind, Question
from analysis.disclosure.ranges import Holding, Ranges
from analysis.disclosure.rests import Codes, Rest, rests_of
from analysis.disclosure.units import UnitBits


class Reader:
    """Somebody who knows all published counts, and perhaps what some units said.

    What is not known without the counts are the units that are `left`, and the question about these.
    """

    def __init__(
        self,
        common: CommonKnowledge,
        question: Question,
        left: UnitBits,
        known: Collection[int | str] = (),
    ) -> None:
        self._common, self._several = common, question.kind is Kind.SEVERAL
        what_is_left = Left(common.program, question, known)
        self.ranges = Ranges(common.program, what_is_left)
        # What is known to somebody who knows no units, without anything printed, all know.
        self._known = set[int]() if known else common.known
        self._safe: set[int] = set()
        self._last = -1
        self._rests = rests_of(left)
        self._always = common.secrets.always(self._rests)
        self._always += common.secrets.of_two_answers(what_is_left.sizes())
        self._together: dict[tuple[int, Codes], list[int]] = {}

    def finds(self, tables: Tables, more: bool = False) -> Holding | None:
        """Return which rows and bases tell a count under five; None if it finds none.

        With `more`, the tables may say what those before did not.
        """
        if more:
            self._safe.clear()
        self._common.read(tables, more)
        doubtful = self._doubtful()
        found = self.ranges.first_found([*map(self._common.secrets.wanted, doubtful)])
        self._known.update(doubtful[place] for place in found.known)
        self._safe.update(doubtful[: found.place])
        self._last = doubtful[found.place] if found.holding else -1
        return found.holding

    def gives_up(self) -> None:
        """Look no more for what was found last: it is known from what cannot be taken back."""
        self._known.add(self._last)

    def _doubtful(self) -> list[int]:
        """Return the secrets that may be found now, one of each kind.

        Not those of which it is known that they are safe, or lost.
        """
        secrets, known = [*self._always, *self._of_rows()], self._common.known | self._known
        every = self._common.secrets.one_of_each_kind(secrets, self._common.rows())
        return [one for one in every if one not in self._safe and one not in known]

    def _of_rows(self) -> Iterator[int]:
        """Yield the secrets about codes that are told together."""
        together = self._common.together
        for number, rest in enumerate(self._rests):
            # The people of one or more options are known in the set that tells of them.
            beside = () if self._several else rest.out
            for key in (rest.key, *beside):
                for codes in together.get(key, ()):
                    yield from self._of_together(number, rest, codes)

    def _of_together(self, number: int, rest: Rest, codes: Codes) -> list[int]:
        name = number, codes
        if name not in self._together:
            spelled = self._common.spelled(rest.key, codes)
            self._together[name] = self._common.secrets.of(rest, spelled)
        return self._together[name]


def outsider(question: Question) -> Reader:
    """Return the reader who knows nothing but the counts."""
    everybody = Everybody.of(question)
    return Reader(CommonKnowledge(question, everybody, question), question, everybody.units)


def readers_of(question: Question, named: Collection[str] = ()) -> Iterator[Reader]:
    """Yield the outsider, and the readers of administrations that know more than it.

    All readers know what the `named` administrations said.
    """
    places = Places(question)
    common = CommonKnowledge(question, places.everybody, question)
    for member in ("", *members(question)):
        if not member or member in places:
            yield _reader_who_knows(places, {*named, member} - {""}, question, common)


def _reader_who_knows(
    places: Places, theirs: Collection[str], question: Question, common: CommonKnowledge
) -> Reader:
    left, gone = places.without(theirs), places.gone(theirs)
    if gone is not None:
        return Reader(common, left, places.everybody.units.without(gone), places.units(gone))
    # Somebody is among theirs in one set only, so what is left of all is no part of the whole.
    everybody = Everybody.of(left)
    return Reader(CommonKnowledge(left, everybody, question), left, everybody.units)
