"""A correction of texts taken back: what was corrected since stays, and is named."""

from surveys.authoring.packaged import packaged_questionnaire
from surveys.authoring.putting_back import options_back, texts_back
from surveys.questionnaire import Item, Option, Questionnaire

M6 = packaged_questionnaire("M6")
FIRST = next(one.name for one in M6.items if one.label)


def told(questionnaire: Questionnaire, column: str, text: str, name: str = FIRST) -> Questionnaire:
    """The questionnaire with another English text of an item."""

    def changed(item: Item) -> Item:
        label = {**getattr(item, column), "en": text}
        return item.model_copy(update={column: label}) if item.name == name else item

    return questionnaire.model_copy(update={"items": tuple(map(changed, questionnaire.items))})


def test_a_text_that_nobody_changed_since_is_as_before_and_others_stay() -> None:
    after = told(M6, "label", "Wrong?")
    present = told(after, "hint", "A later hint.")
    back = texts_back(present, M6, after)
    assert back.questionnaire == told(M6, "hint", "A later hint.")
    assert back.kept == ()


def test_a_text_that_was_corrected_since_stays_and_is_named() -> None:
    after = told(told(M6, "label", "Wrong?"), "hint", "Wrong too.")
    present = told(after, "label", "Right?")
    back = texts_back(present, M6, after)
    assert back.questionnaire == told(M6, "label", "Right?")
    assert back.kept == (f"question {FIRST}",)


def test_a_language_that_was_added_stays_with_its_texts() -> None:
    before = told(M6, "label", "Wrong?")
    added = {
        "languages": (*M6.languages, "de"),
        "unreviewed": (*M6.unreviewed, "de"),
        "title": {**M6.title, "de": "x"},
    }
    after = M6.model_copy(update=added)
    assert texts_back(after, before, after).questionnaire == told(after, "label", "Wrong?")


def test_a_translation_is_a_draft_again_unless_that_was_decided_since() -> None:
    before = M6.model_copy(update={"unreviewed": ("fr", "th")})
    after = M6.model_copy(update={"unreviewed": ()})
    assert texts_back(after, before, after).questionnaire.unreviewed == ("fr", "th")
    assert texts_back(before, after, before).questionnaire.unreviewed == ()


def test_choices_are_found_by_their_codes() -> None:
    def options(*labels: str) -> tuple[Option, ...]:
        pairs = zip(("one", "two"), labels, strict=False)
        return tuple(Option(name=name, label={"en": label}) for name, label in pairs)

    before, after = options("One", "Two"), options("Wrong", "Wrong")
    back = options_back(options("Wrong", "Later")[::-1], before, after)
    assert back.options == options("One", "Later")[::-1]
    assert back.kept == ("two",)
    assert options_back((), before, after).kept == ("one", "two")
