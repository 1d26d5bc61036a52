"""`followup questionnaire publish` over what others ask: asked about, and undone by the printed line."""

import pytest

from surveys.authoring.differences import TEXTS
from surveys.authoring.packaged import packaged_questionnaire
from surveys.questionnaire import Questionnaire, Texts
from surveys.xlsform.writing import write_xlsform
from tests.cli.conftest import CODE, Terminal


@pytest.fixture
def english(office: Terminal) -> Terminal:
    """The office with a file m6.xlsx: M6 in English only, with another first question."""
    m6 = packaged_questionnaire("M6")
    first = next(item for item in m6.items if item.label)
    items = tuple(
        item.model_copy(update={"label": {"en": "Is your job the same as before?"}})
        if item is first
        else item.model_copy(
            update={
                column: {code: one for code, one in getattr(item, column).items() if code == "en"}
                for column in ("label", "hint", "heading", "constraint_message")
            }
        )
        for item in m6.items
    )
    choices = {
        name: tuple(one.model_copy(update={"label": {"en": one.label["en"]}}) for one in options)
        for name, options in m6.choices.items()
    }
    told = m6.model_copy(
        update={
            "title": {"en": m6.title["en"]},
            "items": items,
            "choices": choices,
            "languages": ("en",),
            "unreviewed": (),
        }
    )
    office.write("m6.xlsx", write_xlsform(told))
    return office


def test_publishing_over_a_packaged_one_asks_and_keeps_its_languages(english: Terminal) -> None:
    asked = english.type("questionnaire", "publish", "m6.xlsx")
    assert asked.code == 2
    assert "M6 is there already, as version 1." in asked.out
    assert "M6 is a packaged questionnaire: this replaces it here." in asked.out
    assert "Plans that ask it: national, needs_first, standard." in asked.out
    assert "In fa, fr, km, th, vi, zh these are asked in en: question job." in asked.out
    assert "Nothing was changed. Add --yes to do it." in asked.out
    english.says("questionnaire", "publish", "m6.xlsx", "--yes")
    told = english.data("questionnaire", "show", "M6")
    assert told["version"] == 2
    assert told["languages"] == list(packaged_questionnaire("M6").languages)
    first, second = [one for one in told["items"] if one["label"]][:2]
    assert first["label"]["fr"] == "Is your job the same as before?"
    assert second["label"] == packaged_questionnaire("M6").by_name[second["name"]].label


def test_an_earlier_version_is_published_and_exported_again(english: Terminal) -> None:
    said = english.says("questionnaire", "publish", "m6.xlsx", "--yes")
    assert "`followup questionnaire publish M6 --version 1`" in said
    english.says("questionnaire", "export", "M6", "--version", "1", "--out", "old.xlsx")
    done = english.data("questionnaire", "publish", "m6", "--version", "1")
    assert (done["version"], done["new"]) == (3, True)
    assert english.data("questionnaire", "publish", "M6", "--version", "1")["new"] is False
    assert "same" in english.says("questionnaire", "publish", "old.xlsx")
    wrong = english.refuses("questionnaire", "publish", "M6", "--version", "9")
    assert "There is no questionnaire M6 version 9." in wrong
    assert CODE in english.says("workshop", "list")


def test_a_correction_in_english_alone_keeps_all_translations(english: Terminal) -> None:
    english.says("questionnaire", "publish", "m6.xlsx", "--text-only")
    told = english.data("questionnaire", "show", "M6")
    assert told["revision"] == 1
    first = next(one for one in told["items"] if one["label"])
    before = packaged_questionnaire("M6").by_name[first["name"]].label
    assert first["label"] == {**before, "en": "Is your job the same as before?"}


def test_a_new_questionnaire_says_that_no_wave_asks_it(office: Terminal) -> None:
    office.write(
        "own.yaml",
        "spec: 1\nkey: OWN\ntitle: Own\nsurvey:\n  - {name: a, type: text, label: Where}\n",
    )
    said = office.says("questionnaire", "publish", "own.yaml")
    assert "OWN version 1 is published." in said
    assert "No wave asks it yet. `followup wave add CODE --questionnaire OWN --after 3m`" in said


def test_a_correction_of_what_people_are_asked_now_needs_a_yes_and_is_taken_back(
    english: Terminal,
) -> None:
    english.says("wave", "open", CODE, "M6")
    asked = english.type("questionnaire", "publish", "m6.xlsx", "--text-only")
    assert asked.code == 2
    assert f"1 wave is open with it: {CODE} M6. Interviews under way show" in asked.out
    assert "Nothing was changed. Add --yes to do it." in asked.out
    # The translations stay, so the question does not say that they change.
    assert "The question of job: " in asked.out
    assert english.data("questionnaire", "show", "M6")["revision"] == 0
    said = english.says("questionnaire", "publish", "m6.xlsx", "--text-only", "--yes")
    undo = said.partition("Undo: `followup ")[2].partition("`")[0].split()
    assert "M6 version 1, correction 2" in english.says(*undo)
    told = english.data("questionnaire", "show", "M6")
    assert tuple(told["items"]) == tuple(
        packaged_questionnaire("M6").model_dump(mode="json")["items"]
    )


def test_a_correction_of_all_texts_needs_a_yes_though_publishing_would_end_languages(
    english: Terminal,
) -> None:
    english.says("wave", "open", CODE, "M6")
    english.write("all.xlsx", write_xlsform(_with_a_full_stop(packaged_questionnaire("M6"))))
    published = english.type("questionnaire", "publish", "all.xlsx")
    assert "The language fa is no longer there." in published.out
    asked = english.type("questionnaire", "publish", "all.xlsx", "--text-only")
    assert asked.code == 2
    assert f"1 wave is open with it: {CODE} M6. Interviews under way show" in asked.out
    assert "no longer there" not in asked.out


def _with_a_full_stop(told: Questionnaire) -> Questionnaire:
    """Return a questionnaire in English only, with a full stop more after each text."""
    items = tuple(
        one.model_copy(update={column: _stopped(getattr(one, column)) for column in TEXTS})
        for one in told.items
    )
    choices = {
        name: tuple(one.model_copy(update={"label": _stopped(one.label)}) for one in options)
        for name, options in told.choices.items()
    }
    texts = {"title": _stopped(told.title), "items": items, "choices": choices}
    return told.model_copy(update={**texts, "languages": ("en",), "unreviewed": ()})


def _stopped(texts: Texts) -> Texts:
    return {"en": f"{texts['en']}."} if texts.get("en") else {}


SHOWING = """
spec: 1
key: SHOWING
title: Shown
survey:
  - {type: image, name: photo, label: Show it}
"""


def test_a_question_for_a_file_is_named_where_the_office_does_not_ask_for_files(
    office: Terminal,
) -> None:
    office.write("showing.yaml", SHOWING)
    said = office.says("questionnaire", "publish", "showing.yaml")
    assert "question photo: It asks for a file and is not asked" in said
    office.write("config.yaml", "files: {ask_participants: true}\n")
    office.write("showing.yaml", SHOWING.replace("Show it", "Show it now"))
    assert "is not asked" not in office.says("questionnaire", "publish", "showing.yaml", "--yes")
