"""The questions that reports answer with counts of people, in every published set.

Each is built from the same facts as the office's own report, so an outside report only takes away.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from analysis.disclosure.crowds import Answer, Crowd, Person, of_person
from analysis.disclosure.protection import protected
from analysis.disclosure.question import Kind, Question, Telling, WaveReplies
from analysis.facts.responses import Response, latest_by_person
from analysis.findings.readings import Readings
from analysis.findings.safe_bases import with_safe_bases
from analysis.measures.tallies import Tally
from surveys.people import Role

if TYPE_CHECKING:
    from analysis.findings.report_facts import ReportFacts

REPLIED, SILENT = "replied", "silent"


# People by what they answered


def item_question(
    readings: Readings, item: str, waves: Iterable[str], role: str, place: str = ""
) -> Question:
    """Return who chose which option of an item, by the latest answer of each person.

    With `place` only people of one administration count, for its own report.
    """
    asked = tuple(waves)
    every = {key: reading.tally(item, *asked, role=role) for key, reading in readings.items()}
    widest = max(every.values(), key=lambda found: (len(found.counts), found.base))
    options = tuple(count.code for count in widest.counts)
    layers = [
        (
            _choices(reading, item, asked, role, options, every[key]),
            *around(reading, asked, role, item),
        )
        for key, reading in readings.items()
    ]
    answered, replied, everybody = (
        {key: _of_place(layer[n], place) for key, layer in zip(readings, layers, strict=True)}
        for n in range(3)
    )
    hidden = () if place else untold_replies(readings, asked, role, item)
    crowds, blanks = with_safe_bases(answered, replied, everybody, unsaid=hidden)
    places = dict.fromkeys(crowds, 1) if place else {}
    found = Question(options, _kind(widest), crowds, blanks, places=places, asked=everybody)
    return found if place else beside_replies(found, readings, asked, role, item)


def beside_replies(
    question: Question, readings: Readings, waves: tuple[str, ...], role: str, item: str = ""
) -> Question:
    """Return a question of people with what reports tell of the replies in its waves."""
    if len(waves) == 1:
        told = told_replies(readings, waves[0]) - _partly(readings, waves[0], role, item)
        return replace(question, replies=told)
    found = tuple(_wave_replies(readings, wave, role, item) for wave in waves)
    return replace(question, waves=found)


def _wave_replies(readings: Readings, wave: str, role: str, item: str) -> WaveReplies:
    """Return who replied in a wave; where it asked nobody, readers know that nobody did."""
    units = {
        key: frozenset[int | str](
            r.participant_id for r in _replies_to(reading, (wave,), role, item)
        )
        for key, reading in readings.items()
    }
    unasked = {key for key, reading in readings.items() if not reading.asked((wave,), role, item)}
    told = told_replies(readings, wave) - _partly(readings, wave, role, item)
    return WaveReplies(units, told | unasked)


def _partly(readings: Readings, wave: str, role: str, item: str) -> frozenset[str]:
    """Return the sets in which a wave asked an item in some of its workshops alone."""
    return frozenset(
        key
        for key, reading in readings.items()
        if len(reading.asked((wave,), role)) != len(reading.asked((wave,), role, item))
    )


def _replies_to(
    reading: "ReportFacts", waves: Sequence[str], role: str, item: str
) -> tuple[Response, ...]:
    """Return the replies in some waves, or of the workshops in which they have an item."""
    return reading.of_item(item, waves, role) if item else reading.of(*waves, role=role)


def _of_place(crowd: Crowd, place: str) -> Crowd:
    """Return the people of one administration; all if `place` is empty."""
    if not place:
        return crowd
    return {unit: one for unit, one in crowd.items() if any(p == place for _, p in one.asked)}


def _kind(found: Tally) -> Kind:
    if found.several:
        return Kind.SEVERAL
    return Kind.ORDERED if found.ordered else Kind.ONE


def _choices(
    reading: "ReportFacts",
    item: str,
    waves: tuple[str, ...],
    role: str,
    options: tuple[str, ...],
    found: Tally,
) -> Crowd:
    """Return the people who chose an option of the scale in use."""
    told = latest_by_person(reading.of(*waves, role=role), item)
    known = {r.participant_id: r for r in told if r.codes(item) & {*options}}
    return {
        number: of_person(
            number, r.administration, r.codes(item) & {*options}, (r.case_id, r.answered_at)
        )
        for number, r in known.items()
        if r.questionnaire not in found.other_scales
    }


def around(
    reading: "ReportFacts", waves: tuple[str, ...], role: str, item: str = ""
) -> tuple[Crowd, Crowd]:
    """Return the people who replied in some waves, and those who were asked there.

    Of an `item` only the workshops count in which these waves have it: readers know where it was asked.
    """
    there = {r.participant_id: r.administration for r in _replies_to(reading, waves, role, item)}
    replied = blank(there)
    return replied, {**blank(reading.asked(waves, role, item), silent=True), **replied}


def blank(people: Mapping[int, str], silent: bool = False) -> Crowd:
    """Return people without an answer, by number and administration; `silent` if they did not reply."""
    found: dict[int | str, Answer] = {}
    nobody = frozenset[Person]()
    for number, place in people.items():
        alone = frozenset({(number, place)})
        found[number] = Answer(frozenset(), (0,), nobody if silent else alone, alone)
    return found


# Replies


def replies_question(readings: Readings, wave: str) -> Question:
    """Return who of those asked in a wave replied; whoever was at two workshops counts at each.

    In a wave of contact points these are administrations.

    Where one to four people were not asked, they count as silent: the base tells of nobody missing.
    """
    asked, meant = (
        {key: _replies(reading, wave, everybody) for key, reading in readings.items()}
        for everybody in (False, True)
    )
    crowds, _ = with_safe_bases(asked, meant)
    return Question((REPLIED, SILENT), Kind.ONE, crowds)


def told_replies(readings: Readings, wave: str) -> frozenset[str]:
    """Return the sets of which reports tell how many replied in a wave."""
    return readings.of_sets.told(wave, lambda every: counted_sets(replies_question(every, wave)))


def untold_replies(
    readings: Readings, waves: Sequence[str], role: str, item: str = ""
) -> frozenset[str]:
    """Return the sets that only one of some waves asked, where it is not told how many replied."""
    asked = {
        key: [wave for wave in waves if reading.asked((wave,), role, item)]
        for key, reading in readings.items()
    }
    return frozenset(
        key
        for key, found in asked.items()
        if len(found) == 1 and key not in told_replies(readings, found[0])
    )


def counted_sets(replies: Question) -> frozenset[str]:
    """Return the sets in which the number of those who replied is told."""
    _, tables = protected(replies)
    return frozenset(
        key for key, rows in tables.items() if any(r.telling is Telling.COUNT for r in rows)
    )


def _replies(reading: "ReportFacts", wave: str, everybody: bool) -> Crowd:
    there = {r.enrolment_id for r in reading.of(wave, role=reading.role_of(wave))}
    seats = reading.seats(wave, all_meant=everybody)
    if reading.role_of(wave) == Role.CONTACT_POINT:
        return _replies_of_places(reading, seats, there, wave)
    return {
        seat: of_person(
            number, place, (REPLIED if seat in there else SILENT,), (wave, seat in there)
        )
        for seat, (number, place) in seats.items()
    }


def _replies_of_places(
    reading: "ReportFacts", seats: Mapping[int, Person], there: Collection[int], wave: str
) -> Crowd:
    """Return the administrations of each workshop, for which their contact points reply or do not."""
    workshops = reading.workshop_of
    units: dict[str, list[int]] = {}
    for seat, (_, place) in seats.items():
        units.setdefault(f"{workshops[seat]} {place or seat}", []).append(seat)
    return {
        unit: _reply_of_place([seats[seat] for seat in own], [s in there for s in own], wave)
        for unit, own in units.items()
    }


def _reply_of_place(people: Sequence[Person], replied: Sequence[bool], wave: str) -> Answer:
    everybody = frozenset(people)
    code = REPLIED if any(replied) else SILENT
    return Answer(frozenset((code,)), (wave, any(replied)), everybody, everybody)
