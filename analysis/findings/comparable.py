"""Which figures may stand beside each other, and why others may not: the one rule for all comparisons.

Two shares are compared if the same was asked, at the same moment, of the same units, and each rests
on ten or more. Figures that may not are told as they are, with the reason, and have no bar.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.facts.frames import Frames
from analysis.figures import PERCENT_FROM, Figure
from analysis.findings.figure_words import CLAIMED, DESCRIBED
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
WAVES = frozenset(("M3", "M6", "M12"))
Asked = Mapping[str, Mapping[str, frozenset[object]]]
"""What was asked, by questionnaire and headline."""
OTHERWISE = N_("asked otherwise")
PEOPLE, DELEGATIONS = N_("counts people"), N_("counts delegations")
SMALL_BASE = N_("base under {number}")


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
    """Return for each thing why its figure is not compared; '' where it is.

    Most of them set what is compared; where as many say otherwise, the last ones do.
    """
    told = [one for one in parts if _base(one, key)]
    if not told:
        return [_absent(one, key) for one in parts]
    model = max(reversed(told), key=lambda one: _like(key, one, told))
    return [_reason(key, one, model, say) for one in parts]


def _like(key: str, model: Compared, told: Sequence[Compared]) -> tuple[int, int]:
    """Return how many have the units and the moment of a thing, and of these how many its questions."""
    same = [one for one in told if _terms(one) == _terms(model)]
    return len(same), sum(_same_question(key, one, model) for one in same)


def _same_question(key: str, one: Compared, model: Compared) -> bool:
    return not one.asked or alike(key, one.asked, model.asked)


def _base(one: Compared, key: str) -> int:
    return one.figures[key].base if key in one.figures else 0


def _absent(one: Compared, key: str) -> str:
    return one.figures[key].text if key in one.figures else "–"


def _terms(one: Compared) -> tuple[bool, str]:
    """Return what must be the same besides the questions: the units and the moment."""
    return one.by_person, one.moment


def _reason(key: str, one: Compared, model: Compared, say: Words) -> str:
    if not _base(one, key):
        return _absent(one, key)
    if one.by_person != model.by_person:
        return say(PEOPLE if one.by_person else DELEGATIONS)
    if one.moment != model.moment:
        return one.moment
    if _merely_claimed(key, one, say) != _merely_claimed(key, model, say):
        return say(CLAIMED if _merely_claimed(key, one, say) else DESCRIBED)
    if not _same_question(key, one, model):
        return say(OTHERWISE)
    few = _base(one, key) < PERCENT_FROM
    return say(SMALL_BASE, number=str(PERCENT_FROM)) if few else ""


def _merely_claimed(key: str, one: Compared, say: Words) -> bool:
    """Return whether a figure counts claims too, which readers outside may not be told apart."""
    return say(CLAIMED) in one.figures[key].label


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


def _senses(asked: Questionnaire, headline: str) -> frozenset[object]:
    begin = ITEMS[headline]
    return frozenset(_sense(asked, item) for item in asked.items if item.name.startswith(begin))


def _sense(questionnaire: Questionnaire, item: Item) -> tuple[object, ...]:
    """Return what is the same in two versions that ask the same."""
    choices = [
        (one.name, _english(questionnaire, one.label)) for one in questionnaire.options(item)
    ]
    return item.name, _english(questionnaire, item.label), tuple(choices)


def _english(questionnaire: Questionnaire, texts: Texts) -> str:
    return questionnaire.text(texts, ENGLISH)
