"""Which figures may stand beside each other, and why others may not: the one rule for all comparisons.

Two shares are compared if the same was asked, at the same moment, of the same units, and each rests
on ten or more. Figures that may not are told as they are, with the reason, and have no bar.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.facts.frames import Frames
from analysis.figures import PERCENT_FROM, Figure
from analysis.findings.figure_words import grade_of
from analysis.measures.delegations.headlines import waves_of
from surveys.questionnaire import Item, Questionnaire, Texts
from surveys.wording import ENGLISH, N_, Words

ITEMS = {
    "tried": ("use_",),
    "in_regular_use": ("use_",),
    "shared": ("actions",),
    "accepted": ("suggestion", "anchor", "new_status_"),
    "routine": ("others_use",),
    "embedded": ("anchor", "new_status_", "still"),
}
"""How the items behind the headlines begin; a headline is compared where they were the same."""
AGAIN = {"anchors_new": "anchors", "new_status_": "anchor_status_"}
"""Questions that a later wave asks again under another name, and the names of the first time."""
FOLLOWING = ("suggestion", "anchors")
"""Questions whose words change in a later wave, as they take up what was told: their choices count."""
TAKEN_UP = "still"
"""What only a later wave can ask: whether what was told before is still in force."""
WAVES = frozenset(("M3", "M6", "M12"))
Asked = Mapping[str, Mapping[str, frozenset[object]]]
"""What was asked, by questionnaire and headline."""
Sense = tuple[str, str, tuple[tuple[str, str], ...]]
"""A question: the name of its item, its words, and its choices with their words."""
WAVE_BY_WAVE = "wave by wave"
"""Stands in place of a questionnaire where each wave has another one."""
OTHERWISE = N_("asked otherwise")
PEOPLE, DELEGATIONS = N_("counts people"), N_("counts delegations")
SMALL_BASE = N_("base under {number}")
Terms = tuple[bool, str, str]
"""What must be the same besides the questions: the units, the moment and the grade."""


@dataclass(frozen=True)
class Compared:
    """One thing that is compared, with its figures by key and at most how many each can be.

    `moment` is when its figures hold, such as "after 6 months"; '' where that is what is compared.
    """

    name: str
    figures: Mapping[str, Figure]
    most: Mapping[str, int] = field(default_factory=dict)
    moment: str = ""
    by_person: bool = False
    asked: Asked = field(default_factory=dict)


def why_not(key: str, parts: Sequence[Compared], say: Words) -> list[str]:
    """Return for each thing why its figure is not compared; '' where it is."""
    model = model_of(key, parts, say)
    if model is None:
        return [_absent(one, key) for one in parts]
    return [_reason(key, one, model, say) for one in parts]


def model_of(key: str, parts: Sequence[Compared], say: Words) -> Compared | None:
    """Return the thing that a figure of the others is held against; None where none has the figure.

    Most of those whose base is large enough set what is compared, or most of all if none is; where as
    many say otherwise, the last ones do.
    """
    told = [one for one in parts if _base(one, key)]
    large = [one for one in told if _base(one, key) >= PERCENT_FROM] or told
    return max(reversed(large), key=lambda one: _like(key, one, large, say), default=None)


def _like(key: str, model: Compared, told: Sequence[Compared], say: Words) -> tuple[int, int]:
    """Return how many have the terms of a thing, and of these how many its questions."""
    same = [one for one in told if _terms(key, one, say) == _terms(key, model, say)]
    return len(same), sum(_same_question(key, one, model) for one in same)


def _same_question(key: str, one: Compared, model: Compared) -> bool:
    return not one.asked or alike(key, one.asked, model.asked)


def _base(one: Compared, key: str) -> int:
    return one.figures[key].base if key in one.figures else 0


def _absent(one: Compared, key: str) -> str:
    return one.figures[key].text if key in one.figures else "–"


def _terms(key: str, one: Compared, say: Words) -> Terms:
    return one.by_person, one.moment, grade_of(one.figures[key], say)


def _reason(key: str, one: Compared, model: Compared, say: Words) -> str:
    if not _base(one, key):
        return _absent(one, key)
    if reasons := say.semicolon.join(_other_terms(key, one, model, say)):
        return reasons
    if not _same_question(key, one, model):
        return say(OTHERWISE)
    few = _base(one, key) < PERCENT_FROM
    return say(SMALL_BASE, number=str(PERCENT_FROM)) if few else ""


def _other_terms(key: str, one: Compared, model: Compared, say: Words) -> Iterator[str]:
    """Yield all terms that are not those of the model: its grade stands above all of them."""
    if one.by_person != model.by_person:
        yield unit_words(say, by_person=one.by_person)
    if one.moment != model.moment:
        yield one.moment
    grade = grade_of(one.figures[key], say)
    if grade != grade_of(model.figures[key], say):
        yield grade


def unit_words(say: Words, *, by_person: bool) -> str:
    """Return what a figure counts, as a reason why it is not compared."""
    return say(PEOPLE if by_person else DELEGATIONS)


def alike(headline: str, asked: Asked, then: Asked) -> bool:
    """Return whether the waves of both asked the same; the figures name their moment."""
    both = asked.keys() & then.keys()
    return bool(both) and all(asked[key][headline] == then[key][headline] for key in both)


def asked_in(frames: Frames, workshops: Iterable[str]) -> Asked:
    """Return what the questions behind each headline were in some workshops."""
    waves = frames.waves
    here = waves[waves["workshop_code"].isin(list(workshops)) & waves["key"].isin(list(WAVES))]
    pinned = here[["questionnaire_key", "questionnaire_version"]].dropna().drop_duplicates()
    found: dict[str, dict[str, frozenset[object]]] = {}
    for key, version in pinned.itertuples(index=False):
        if asked := frames.questionnaires.get((str(key), int(version))):
            told = found.setdefault(str(key), dict.fromkeys(ITEMS, frozenset()))
            for headline in ITEMS:
                told[headline] |= _senses(asked, headline)
    return found


def asked_at(frames: Frames, wave: str) -> Asked:
    """Return what the questions behind each headline of one wave are, to be held against other waves.

    Deeds add up, so what was asked until then counts for them. A question that takes up what was told
    before is the same if its choices are.
    """
    waves = frames.waves
    found: dict[str, frozenset[object]] = {}
    for headline in ITEMS:
        here = waves[waves["key"].isin(waves_of(headline, wave))]
        pinned = here[["questionnaire_key", "questionnaire_version"]].dropna().drop_duplicates()
        found[headline] = frozenset(
            _as_first_asked(sense)
            for key, version in pinned.itertuples(index=False)
            if (asked := frames.questionnaires.get((str(key), int(version))))
            for sense in _senses(asked, headline)
            if sense[0] != TAKEN_UP
        )
    return {WAVE_BY_WAVE: found}


def _as_first_asked(sense: Sense) -> Sense:
    """Return a question with the name of the first wave that asks it, without words that follow it."""
    name, label, choices = sense
    for later, first in AGAIN.items():
        name = name.replace(later, first)
    return name, "" if name in FOLLOWING else label, choices


def _senses(asked: Questionnaire, headline: str) -> frozenset[Sense]:
    begin = ITEMS[headline]
    return frozenset(_sense(asked, item) for item in asked.items if item.name.startswith(begin))


def _sense(questionnaire: Questionnaire, item: Item) -> Sense:
    """Return what is the same in two versions that ask the same."""
    choices = [
        (one.name, _english(questionnaire, one.label)) for one in questionnaire.options(item)
    ]
    return item.name, _english(questionnaire, item.label), tuple(choices)


def _english(questionnaire: Questionnaire, texts: Texts) -> str:
    return questionnaire.text(texts, ENGLISH)
