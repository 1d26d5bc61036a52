"""The headlines of a fiscal year beside those of the years before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.facts.frames import Frames
from analysis.figures import Figure
from analysis.findings.headlines import headlines
from analysis.findings.report_facts import ReportFacts
from analysis.model import Cell, Section, Table
from analysis.sections.groups import cell_of, heads
from surveys.planning.fiscal_year import FiscalYear
from surveys.questionnaire import Item, Questionnaire, Texts
from surveys.wording import ENGLISH

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


@dataclass(frozen=True)
class EarlierYear:
    """The headlines of an earlier year, as its own report told them, and its workshops."""

    year: FiscalYear
    figures: Sequence[Figure] = field(default=())
    workshops: Sequence[str] = field(default=())


def trend(
    reading: ReportFacts, year: FiscalYear, earlier: Iterable[EarlierYear], everything: Frames
) -> Section:
    """Return one row for each year; nothing without an earlier year whose report was made."""
    say, before = reading.say, list(earlier)
    now = {one.key: one for one in headlines(reading)}
    asked = _asked(everything, [str(code) for code in reading.frames.workshops["code"]])
    rows = [_row(one, now, asked, everything, reading) for one in before]
    name = _named(year, list(now.values()), reading)
    own = (name, *(cell_of(one, reading) for one in now.values()))
    note = say(
        "Earlier years as their own reports told them. Years differ in workshops and people."
    )
    columns = (say("Fiscal year"), *heads(reading))
    table = Table("trend", say("Fiscal year"), columns, (*rows, own), note=note)
    return Section("trend", say("Over the fiscal years"), tables=(table,) if rows else ())


def _row(
    before: EarlierYear,
    now: Mapping[str, Figure],
    asked: Asked,
    everything: Frames,
    reading: ReportFacts,
) -> tuple[Cell, ...]:
    told = {one.key: cell_of(one, reading) for one in before.figures}
    then = _asked(everything, before.workshops)
    other = reading.say("asked otherwise")
    cells = (told.get(key, "–") if _alike(key, asked, then) else other for key in now)
    return (_named(before.year, before.figures, reading), *cells)


def _named(year: FiscalYear, figures: Sequence[Figure], reading: ReportFacts) -> str:
    """Return the name of a year, and the moment of its figures as the label of the first one says it."""
    say = reading.say
    label = next((one.label for one in figures), "")
    return say.comma.join(filter(None, (year.name, label.partition(say.comma)[2])))


def _alike(headline: str, asked: Asked, then: Asked) -> bool:
    """Return whether the waves of both years asked the same; the figures name their moment."""
    both = asked.keys() & then.keys()
    return bool(both) and all(asked[key][headline] == then[key][headline] for key in both)


def _asked(everything: Frames, workshops: Iterable[str]) -> Asked:
    """Return what the questions behind each headline were in some workshops."""
    waves = everything.waves
    here = waves[waves["workshop_code"].isin(list(workshops)) & waves["key"].isin(list(WAVES))]
    pinned = here[["questionnaire_key", "questionnaire_version"]].dropna().drop_duplicates()
    found: dict[str, dict[str, frozenset[object]]] = {}
    for key, version in pinned.itertuples(index=False):
        if asked := everything.questionnaires.get((str(key), int(version))):
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
