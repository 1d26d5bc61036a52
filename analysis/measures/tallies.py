"""Tallies: answers to one item, counted option by option. Knows levels of measurement, not item types.

Base: people who gave an answer to the question. "Don't know", "declined" and "not applicable", skipped
and not asked are counted apart and never enter a share.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.facts.responses import Response
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Option, Questionnaire
from surveys.wording import Words, worded_languages

Versions = frozenset[tuple[str, int]]
"""The questionnaires in use, by key and version."""
COUNTED = (Level.NOMINAL, Level.ORDINAL, Level.SET)


@dataclass(frozen=True)
class Count:
    """How many people chose an option; its label in the language of the report."""

    code: str
    label: str
    people: int


@dataclass(frozen=True)
class Tally:
    """All options of an item in the order of its list, also those that nobody chose.

    `base` people answered; `apart` are the options that are no answer, such as "don't know";
    `several` says that people could choose more than one, so counts may add up to more than base;
    `ordered` that the options are steps of a scale. `contradictory` answers hold an option that
    excludes all others beside another one; they are counted as given. `left_out` answers were given
    on a scale with other steps, that of `other_scales`, which are not compared. `other_words` answers
    were given to an earlier version, in which the question or a choice reads differently. With
    `reversed` a low step is the good one. Without `asked` no workshop here has opened a wave with
    this question. `earlier` are those of the base whose answers come from tables of earlier surveys.
    """

    item: str
    label: str
    base: int
    counts: tuple[Count, ...]
    apart: tuple[Count, ...] = ()
    skipped: int = 0
    several: bool = False
    ordered: bool = False
    contradictory: int = 0
    left_out: int = 0
    other_scales: frozenset[tuple[str, int]] = frozenset()
    other_words: int = 0
    reversed: bool = False
    asked: bool = True
    earlier: int = 0

    def people(self, code: str) -> int:
        """Return how many chose one option; 0 for an option that is not in the list."""
        return next((c.people for c in (*self.counts, *self.apart) if c.code == code), 0)


def tally(
    found: Iterable[Response],
    name: str,
    questionnaires: Mapping[tuple[str, int], Questionnaire],
    language: str = "en",
) -> Tally:
    """Count one item over responses (one per person). Labels come from the pinned questionnaires.

    Options that only other versions have (of another workshop, or dropped since) follow.
    """
    everybody = tuple(found)
    versions = frozenset(one.questionnaire for one in everybody if one.questionnaire)
    other_scales = _other_scales(versions, name, questionnaires)
    versions -= other_scales
    responses = (
        tuple(one for one in everybody if one.questionnaire not in other_scales)
        if other_scales
        else everybody
    )
    answered = [set(r.values[name].split()) for r in responses if name in r.values]
    latest = _latest(versions, name, questionnaires)
    options = _options(latest, name) if latest else ()
    listed = {option.name for option in options}
    chosen = Counter(code for codes in answered for code in codes)
    extra = sorted(set(chosen) - listed)
    labels = _other_labels(versions, name, questionnaires) if extra else {}
    rows = [*options, *(labels.get(code, Option(name=code, label={"en": code})) for code in extra)]
    no_answer = {option.name for option in rows if option.non_answer}
    alone = {option.name for option in rows if option.exclusive}

    def count(option: Option) -> Count:
        label = latest.text(option.label, language) if latest else option.label["en"]
        return Count(option.name, label or option.name, chosen[option.name])

    item = latest.by_name[name] if latest else None
    return Tally(
        item=name,
        label=latest.text(item.label, language) if latest and item else name,
        base=sum(bool(codes - no_answer) for codes in answered),
        counts=tuple(count(o) for o in rows if not o.non_answer),
        apart=tuple(count(o) for o in rows if o.non_answer),
        skipped=sum(name in r.skipped for r in responses),
        several=bool(item) and _level(item) is Level.SET,
        ordered=bool(item) and _level(item) is Level.ORDINAL,
        contradictory=sum(len(codes) > 1 and bool(codes & alone) for codes in answered),
        left_out=sum(name in r.values for r in everybody)
        - sum(name in r.values for r in responses),
        other_scales=other_scales,
        other_words=_other_words(responses, versions, name, questionnaires),
        reversed=item is not None and bool(item.parameters.get("reversed")),
        earlier=sum(one.imported and bool(one.codes(name) - no_answer) for one in responses),
    )


def _other_scales(
    versions: Versions,
    name: str,
    questionnaires: Mapping[tuple[str, int], Questionnaire],
) -> frozenset[tuple[str, int]]:
    """Return the versions in use whose steps of an ordered item are not those of the newest one."""
    latest = _latest(versions, name, questionnaires)
    if latest is None or _level(latest.by_name[name]) is not Level.ORDINAL:
        return frozenset()
    scale = [option.name for option in _options(latest, name)]
    return frozenset(
        key
        for key in versions & questionnaires.keys()
        if [option.name for option in _options(questionnaires[key], name)] != scale
    )


def _other_words(
    responses: tuple[Response, ...],
    versions: Versions,
    name: str,
    questionnaires: Mapping[tuple[str, int], Questionnaire],
) -> int:
    """Return how many answers were given to other words than those of the newest version in use."""
    newest = dict(sorted(versions))
    if len(newest) == len(versions):
        return 0
    return sum(
        _words(questionnaires, response, name, version)
        != _words(questionnaires, response, name, newest[key])
        for response in responses
        if response.questionnaire and name in response.values
        for key, version in [response.questionnaire]
        if version != newest[key]
    )


def _words(
    questionnaires: Mapping[tuple[str, int], Questionnaire],
    response: Response,
    name: str,
    version: int,
) -> tuple[str | None, ...]:
    """Return the question and the chosen options in a version, in the language of the response."""
    assert response.questionnaire is not None  # noqa: S101 - the caller has looked
    found = questionnaires.get((response.questionnaire[0], version))
    item = found.by_name.get(name) if found else None
    if found is None or item is None:
        return ()
    language = response.languages.get(name, found.default_language)
    chosen = response.values[name].split()
    labels = {option.name: option.label for option in _options(found, name)}
    return (
        found.text(item.label, language),
        *(found.text(labels.get(code, {}), language) for code in chosen),
    )


def _other_labels(
    versions: Versions,
    name: str,
    questionnaires: Mapping[tuple[str, int], Questionnaire],
) -> dict[str, Option]:
    """Return the options of all versions in use: workshops may have lists of their own."""
    return {
        option.name: option
        for key in sorted(versions & questionnaires.keys())
        for option in _options(questionnaires[key], name)
    }


def _latest(
    versions: Versions,
    name: str,
    questionnaires: Mapping[tuple[str, int], Questionnaire],
) -> Questionnaire | None:
    """Return the newest pinned questionnaire of these versions that has the item as a counted one."""
    fitting = [
        key for key in versions & questionnaires.keys() if _options(questionnaires[key], name)
    ]
    return questionnaires[max(fitting, key=lambda key: (key[1], key[0]))] if fitting else None


def _options(questionnaire: Questionnaire, name: str) -> tuple[Option, ...]:
    item = questionnaire.by_name.get(name)
    if item is None or _level(item) not in COUNTED:
        return ()
    own = type_of(item.type).choices(item)
    steps = (
        Option(name=one.code, label={lang: Words(lang)(one.label) for lang in worded_languages()})
        for one in own
    )
    return questionnaire.options(item) or tuple(steps)


def _level(item: Item | None) -> Level:
    return type_of(item.type).level if item else Level.NOTHING
