"""Every question of the packaged questionnaires has a place in a report, or a reason in the guide.

Each answer of a story is changed, and the report must change, beside its annexes of all questions. A
wave makes as many reports as it has questions, so its test may take more than a second.
"""

import re
from collections import OrderedDict
from dataclasses import replace

import pandas as pd
import pytest

from analysis.facts.frames import Frames
from analysis.findings.reading import read
from analysis.findings.report_facts import ReportFacts
from analysis.measures.anchor_statuses import CODES
from analysis.measures.own_words import own_texts
from analysis.model import Report, Section
from analysis.reports.audiences import Wishes
from analysis.reports.survey import build_survey
from analysis.sections import ALWAYS, RESULTS
from storage.schema import answers
from surveys.authoring.packaged import packaged_questionnaire
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Questionnaire
from tests.analysis.builder import CUT_OFF, PLACES, ROLES, Story
from tests.places import ROOT

TOGETHER = {
    "PRE": "PRE M6",
    "END": "END M3",
    "M3": "END M3",
    "M6": "PRE END M6",
    "M12": "PRE END M6 M12",
    "SUP6": "M6 SUP6",
    "SUP12": "M6 M12 SUP12",
    "NCP12": "PRE M6 M12 NCP12",
}
"""The waves that are answered beside one: a later answer of a person stands in place of an earlier."""
FIRST = {
    "others_use": "few",  # a supervisor has to see it as well
    "still": "procedure",
    "anchors_new": "training",
    "anchor_status": "new",
    "new_status": "new",
    "anchor_seen": "new",
}
"""First answers that leave room for another one to count."""
ALL_QUESTIONS = ("questionnaires", "item_response")
"""Annexes that print every question: standing there alone is no place."""
MAKERS = {key: make for key, make in (RESULTS | ALWAYS).items() if key not in ALL_QUESTIONS}
Before = OrderedDict[str, Section]
GUIDE = ROOT / "docs" / "questionnaires.md"
HEADING = "## Answers that no report counts"


def codes(item: Item, asked: Questionnaire) -> list[str]:
    return [option.name for option in asked.options(item) if not option.non_answer]


def answer(item: Item, asked: Questionnaire) -> str:
    """A first answer to a question; all that can be chosen, where several may be."""
    level, stem = type_of(item.type).level, stem_of(item)
    if level is Level.WORDS:
        return "The text of an answer"
    if stem in FIRST:
        return FIRST[stem]
    if level is Level.SET:
        return " ".join(option.name for option in asked.options(item) if not option.exclusive)
    return "2" if level is Level.QUANTITY else codes(item, asked)[0]


def stem_of(item: Item) -> str:
    """The name of a question without the kind of anchor that it asks for."""
    stem, _, kind = item.name.rpartition("_")
    return stem if kind in CODES else item.name


def questions(wave: str) -> list[Item]:
    items = packaged_questionnaire(wave).items
    return [item for item in items if type_of(item.type).level is not Level.NOTHING]


def answered(wave: str) -> Frames:
    """Six administrations in which everybody has answered every question of some waves."""
    told = Story().workshop("TFA")
    for place in PLACES[:6]:
        people: dict[str, int] = {}
        for key in TOGETHER[wave].split():
            role, asked = ROLES.get(key, "participant"), packaged_questionnaire(key)
            person = people.setdefault(role, 0) or told.person("TFA", place, role)
            people[role] = person
            values = {item.name: answer(item, asked) for item in questions(key)}
            told.answers(person, key, **values)
    return told.frames()


def sections(reading: ReportFacts) -> Before:
    return OrderedDict((key, make(reading)) for key, make in MAKERS.items())


def changed(frames: Frames, wave: str, names: list[str], value: str) -> ReportFacts:
    """The facts if everybody had given another answer to some questions of a wave."""
    wave_id = frames.waves.loc[frames.waves["key"] == wave, "id"]
    cases = frames.cases.loc[frames.cases["wave_id"].isin(wave_id), "id"]
    mine = frames.answers["case_id"].isin(cases) & frames.answers["item"].isin(names)
    told: pd.DataFrame = frames.answers.copy()
    told.loc[mine, "value"] = value
    return read(replace(frames, answers=told), CUT_OFF)


def other_answers(item: Item, asked: Questionnaire) -> list[str]:
    """Other answers to a question, the likeliest to change something first."""
    if type_of(item.type).level is Level.QUANTITY:
        return ["1"]
    known = codes(item, asked)
    if type_of(item.type).level is Level.SET:
        return known[-1:]
    return [code for code in reversed(known) if code != answer(item, asked)]


def families(wave: str) -> dict[str, list[Item]]:
    """The questions with choices or numbers; those asked for each kind of anchor are one."""
    found: dict[str, list[Item]] = {}
    for item in questions(wave):
        if type_of(item.type).level is not Level.WORDS:
            found.setdefault(stem_of(item), []).append(item)
    return found


def has_place(frames: Frames, before: Before, wave: str, items: list[Item]) -> bool:
    """Whether another answer to a question changes the report.

    The section that changes goes to the front of `before`: it may have the next question too.
    """
    asked, names = packaged_questionnaire(wave), [item.name for item in items]
    readings = (changed(frames, wave, names, one) for one in other_answers(items[0], asked))
    places = (key for one in readings for key in before if MAKERS[key](one) != before[key])
    found = next(places, "")
    if found:
        before.move_to_end(found, last=False)
    return bool(found)


def in_the_guide(key: str) -> set[str]:
    """The questions of a questionnaire that the guide says no report counts."""
    text = GUIDE.read_text(encoding="utf-8").split(HEADING)[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", text, re.M)
    return {name for name, keys in rows if key in re.findall(r"`(\w+)`", keys)}


@pytest.mark.parametrize("wave", TOGETHER)
def test_every_question_has_a_place_in_a_report_or_a_reason_in_the_guide(wave: str) -> None:
    frames, asked = answered(wave), families(wave)
    before = sections(read(frames, CUT_OFF))
    without = {name for name, items in asked.items() if not has_place(frames, before, wave, items)}
    assert without == in_the_guide(wave)


def test_every_text_waits_to_be_read_and_released() -> None:
    for wave in TOGETHER:
        reading = read(answered(wave), CUT_OFF)
        waiting = {one.item for one in own_texts(reading.frames, reading.responses)}
        texts = {one.name for one in questions(wave) if type_of(one.type).level is Level.WORDS}
        assert texts <= waiting


def result(told: Story, wave: str) -> Report:
    return build_survey(told.connection, "TFA", CUT_OFF, Wishes(survey=wave))


@pytest.mark.parametrize("wave", ["NEEDS", "ELEARN", "FORENSICS", "IPR"])
def test_every_question_to_administrations_has_a_place_in_the_result(wave: str) -> None:
    told, asked = Story().workshop("TFA"), packaged_questionnaire(wave)
    for place in PLACES[:6]:
        person = told.person("TFA", place, "contact_point")
        told.answers(person, wave, **{item.name: answer(item, asked) for item in questions(wave)})
    reading = told.reading()
    found = {one.item for one in own_texts(reading.frames, reading.responses)}
    before = result(told, wave)
    # What is asked for each category of a self-assessment is looked at for the first one.
    once = [item for item in questions(wave) if not re.search(r"_k[2-9]$", item.name)]
    for item in once:
        if type_of(item.type).level is not Level.WORDS:
            change(told, item.name, other_answers(item, asked)[0])
            found |= {item.name} if result(told, wave) != before else set()
            change(told, item.name, answer(item, asked))
    without = {item.name for item in once} - found
    assert without == in_the_guide(wave)


def change(told: Story, item: str, value: str) -> None:
    """Everybody gives another answer to a question."""
    mine = answers.update().where(answers.c.item == item)
    told.connection.execute(mine.values(value=value))
