"""The differences shown to an author before a new version is published."""

import pytest

from surveys.authoring.differences import Difference, Kind, differences, texts_only
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.authoring.reading import read_questionnaire
from surveys.authoring.reordering import reorderings
from surveys.questionnaire import Questionnaire

HEAD = """\
spec: 1
key: T1
title: {en: A trial}
languages: [en, fr]
choices:
  use:
    - {name: not_yet, label: {en: Not yet, fr: Pas encore}}
    - {name: often, label: {en: Often, fr: Souvent}}
survey:
"""
USED = "  - {type: select_one use, name: used, label: {en: Used it, fr: Utilisé}}\n"


def form(*rows: str, head: str = HEAD) -> Questionnaire:
    return read_questionnaire(head + USED + "".join(f"  - {{{row}}}\n" for row in rows), "t.yaml")


def changes(old: Questionnaire, new: Questionnaire) -> list[tuple[Kind, str]]:
    return [(one.kind, one.about) for one in differences(old, new)]


def only(old: Questionnaire, new: Questionnaire) -> Difference:
    found = differences(old, new)
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


WHY = "type: text, name: why, label: Why"


@pytest.mark.parametrize("key", packaged_keys())
def test_a_questionnaire_does_not_differ_from_itself(key: str) -> None:
    one = packaged_questionnaire(key)
    assert differences(one, one) == reorderings(one, one) == ()
    assert texts_only(one, one)


def test_f28_five_changes_are_told_with_what_happens_to_answers() -> None:
    old = form(
        "type: text, name: stays, label: Stays",
        "type: text, name: gets_deleted, label: Deleted",
        "type: text, name: changes_type, label: Number",
        "type: text, name: is_renamed, label: Same question",
        "type: text, name: changes_label, label: Old words",
    )
    new = form(
        "type: text, name: changes_label, label: New words",
        "type: text, name: stays, label: Stays",
        "type: integer, name: changes_type, label: Number",
        "type: text, name: is_renamed2, label: Same question",
        "type: text, name: is_added, label: Added",
    )
    assert changes(old, new) == [
        (Kind.TEXT, "changes_label"),
        (Kind.TYPE, "changes_type"),
        (Kind.RENAMED, "is_renamed2"),
        (Kind.ADDED, "is_added"),
        (Kind.REMOVED, "gets_deleted"),
    ]
    assert all(one.sentence.endswith(".") for one in differences(old, new))
    assert all("nswer" in one.answers for one in differences(old, new))
    assert [one.sentence for one in reorderings(old, new)] == [
        "The order of the questions changes; moved: changes_label."
    ]
    assert not texts_only(old, new)


def test_a_renamed_item_keeps_its_answers_under_the_old_name() -> None:
    told = only(form(WHY), form("type: text, name: reason, label: Why"))
    assert "why seems to be called reason now" in told.sentence
    assert "Keep the name why" in told.answers


def test_f22_a_choice_that_becomes_several_is_a_change_of_type() -> None:
    one = form()
    several = read_questionnaire((HEAD + USED).replace("select_one", "select_multiple"), "t.yaml")
    told = only(one, several)
    assert told.kind is Kind.TYPE
    assert "cannot be compared" in told.answers


def test_corrections_of_texts_are_their_own_kind() -> None:
    new = form(WHY, head=HEAD.replace("fr: Souvent", "fr: Très souvent"))
    told = only(form(WHY), new)
    assert (told.kind, told.about) == (Kind.OPTION_TEXT, "use")
    assert "(fr): “Souvent” becomes “Très souvent”" in told.sentence
    assert texts_only(form(WHY), new)
    title = form(WHY, head=HEAD.replace("A trial", "Another trial"))
    assert only(form(WHY), title).kind is Kind.TEXT
    assert texts_only(form(WHY), title)
    # A file does not know how often its version was corrected.
    assert texts_only(form(WHY).model_copy(update={"revision": 1}), title)


def test_f23_new_codes_are_new_choices_and_never_a_correction() -> None:
    old, new = form(), form(head=HEAD.replace("name: often", "name: '1'"))
    assert changes(old, new) == [(Kind.OPTION_ADDED, "use"), (Kind.OPTION_REMOVED, "use")]
    assert "stay stored" in differences(old, new)[1].answers
    assert not texts_only(old, new)


@pytest.mark.parametrize(
    ("changed", "kind", "words"),
    [
        (
            f"{WHY}, relevant: \"${{used}} = 'often'\"",
            Kind.CONDITION,
            "before it was asked always",
        ),
        (f"{WHY}, constraint: string-length(.) > 2", Kind.RULE, "nothing becomes “string-length"),
        (f"{WHY}, required: true", Kind.RULE, "now required"),
        (f"{WHY}, parameters: {{max: 80}}", Kind.RULE, "“max=80”"),
        (f"{WHY}, hint: In short", Kind.TEXT, "The hint of why"),
    ],
)
def test_conditions_and_rules_are_told_with_their_old_and_new_form(
    changed: str, kind: Kind, words: str
) -> None:
    told = only(form(WHY), form(changed))
    assert told.kind is kind
    assert words in told.sentence
    assert texts_only(form(WHY), form(changed)) == (kind is Kind.TEXT)


def test_a_new_language_is_a_correction_and_a_mark_on_a_choice_or_a_lost_language_is_none() -> (
    None
):
    marked = form(
        head=HEAD.replace("Not yet, fr: Pas encore}", "Not yet, fr: Pas encore}, exclusive: true")
    )
    assert only(form(), marked).kind is Kind.OPTION_RULE
    longer = form(head=HEAD.replace("[en, fr]", "[en, fr, th]"))
    assert only(form(), longer).sentence == "The language th is new."
    assert not texts_only(form(), marked)
    assert texts_only(form(), longer)
    assert not texts_only(longer, form())
    draft = longer.model_copy(update={"unreviewed": ("th",)})
    assert only(draft, longer).sentence == "The translation into th is reviewed now."
    assert texts_only(draft, longer)


def test_a_new_order_of_choices_is_told_apart_from_changes() -> None:
    first, second = (line for line in HEAD.splitlines() if "- {name" in line)
    swapped = HEAD.replace(f"{first}\n{second}\n", f"{second}\n{first}\n")
    assert swapped != HEAD
    new = form(head=swapped)
    assert differences(form(), new) == ()
    assert [one.about for one in reorderings(form(), new)] == ["use"]
