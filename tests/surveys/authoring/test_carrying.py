"""A file in one language does not end the translations of the version before."""

from surveys.authoring.carrying import carried
from surveys.authoring.packaged import packaged_questionnaire
from surveys.questionnaire import Questionnaire

M6 = packaged_questionnaire("M6")
OTHERS = tuple(code for code in M6.languages if code != "en")


def in_english(questionnaire: Questionnaire, **labels: str) -> Questionnaire:
    """The questionnaire as a file in English only, with other questions for some items."""

    def bare(texts: dict[str, str]) -> dict[str, str]:
        return {"en": texts["en"]} if texts else {}

    return questionnaire.model_copy(
        update={
            "title": bare(questionnaire.title),
            "languages": ("en",),
            "unreviewed": (),
            "items": tuple(
                item.model_copy(
                    update={
                        "label": {"en": labels[item.name]}
                        if item.name in labels
                        else bare(item.label),
                        "hint": bare(item.hint),
                        "heading": bare(item.heading),
                        "constraint_message": bare(item.constraint_message),
                    }
                )
                for item in questionnaire.items
            ),
            "choices": {
                name: tuple(one.model_copy(update={"label": bare(one.label)}) for one in options)
                for name, options in questionnaire.choices.items()
            },
        }
    )


def test_an_unchanged_file_in_english_is_the_version_before() -> None:
    found = carried(M6, in_english(M6))
    assert found.questionnaire == M6
    assert (found.kept, found.untranslated, found.dropped) == ((), (), ())


def test_a_copy_finds_its_own_items_after_the_original_was_looked_at() -> None:
    name = next(item.name for item in M6.items if item.label)
    position = M6.position[name]
    other = in_english(M6, **{name: "One?"})
    assert other.by_name[name].label == {"en": "One?"} != M6.by_name[name].label
    fewer = M6.model_copy(update={"items": M6.items[position:]})
    assert fewer.position[name] == 0


def test_only_changed_texts_fall_back_to_the_default_language() -> None:
    first, second = [item.name for item in M6.items if item.label][:2]
    found = carried(M6, in_english(M6, **{first: "One?", second: "Two?"}))
    assert found.kept == OTHERS
    assert found.untranslated == (f"question {first}", f"question {second}")
    told = found.questionnaire
    assert told.languages == M6.languages
    assert told.by_name[first].label == dict.fromkeys(("en", *OTHERS), "One?")
    assert told.title == M6.title
    assert not any(told.missing(code) for code in OTHERS)


def test_a_correction_keeps_the_translations_of_changed_texts() -> None:
    first = next(item.name for item in M6.items if item.label)
    found = carried(M6, in_english(M6, **{first: "One?"}), corrects=True)
    assert found.questionnaire.by_name[first].label == {**M6.by_name[first].label, "en": "One?"}


def test_another_questionnaire_under_the_same_key_drops_the_languages() -> None:
    other = in_english(M6, **{item.name: f"{item.name}?" for item in M6.items if item.label})
    options = {
        name: tuple(one.model_copy(update={"name": f"x{one.name}"}) for one in options)
        for name, options in other.choices.items()
    }
    found = carried(M6, other.model_copy(update={"choices": options}))
    assert found.dropped == OTHERS
    assert found.questionnaire.languages == ("en",)
