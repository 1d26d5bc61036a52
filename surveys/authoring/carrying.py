"""Translations of the version before, taken over into a version that came without them.

A file in one language would end all others. A text that did not change keeps its translations; one
that did is asked in the default language until it is translated.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from surveys.authoring.differences import TEXTS
from surveys.questionnaire import Questionnaire, Texts

Place = tuple[str, str, str]
"""The kind of a text, the item or list, and the column or choice."""


@dataclass(frozen=True)
class Carried:
    """A questionnaire with the translations of the version before.

    `untranslated` are the texts that the languages `kept` have in the default language only;
    `dropped` are the languages of which too little was left.
    """

    questionnaire: Questionnaire
    kept: tuple[str, ...] = ()
    untranslated: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def carried(before: Questionnaire, after: Questionnaire, *, corrects: bool = False) -> Carried:
    """Return a version with the translations of the one before where it has none.

    A version that `corrects` texts keeps the translations of changed texts too. A language of which
    less than half of the texts are left is dropped.
    """
    default = after.default_language
    if before.default_language != default:
        return Carried(after, dropped=_gone(before, after))
    old, new = dict(_texts(before)), dict(_texts(after))
    same = {
        place
        for place, texts in new.items()
        if place in old and (corrects or old[place].get(default) == texts.get(default))
    }
    asked = {place for place, texts in new.items() if texts.get(default)}
    few = 2 * len(asked & same) < len(asked)
    kept = [
        code
        for code in before.languages
        if code != default and (code in after.languages or not few)
    ]
    known = {
        place: _translated(texts, old[place], kept)
        for place, texts in new.items()
        if place in same
    }
    told = {**new, **known}
    lacking = [] if few else [place for place in asked - same if _open(told[place], kept)]
    for place in lacking:
        told[place] = told[place] | dict.fromkeys(_open(told[place], kept), new[place][default])
    whole = _with_texts(_with_languages(before, after, kept), told)
    named = tuple(_named(place) for place in new if place in lacking)
    return Carried(whole, tuple(kept) if named else (), named, _gone(before, whole))


def _translated(texts: Texts, known: Texts, kept: Sequence[str]) -> Texts:
    """Return the texts of a place with those of the version before where they are missing."""
    return {**texts, **{code: known[code] for code in _open(texts, kept) if known.get(code)}}


def _open(texts: Texts, kept: Sequence[str]) -> list[str]:
    """Return the languages that have no text."""
    return [code for code in kept if not texts.get(code)]


def _with_languages(
    before: Questionnaire, after: Questionnaire, kept: Sequence[str]
) -> Questionnaire:
    """Return a version with the languages it keeps, those of before in their order."""
    # Buttons in old messages name a language by its number, so new ones come last.
    languages = [code for code in before.languages if code in (*kept, *after.languages)]
    languages += [code for code in after.languages if code not in languages]
    drafts = {*after.unreviewed, *(set(before.unreviewed) - set(after.languages))}
    unreviewed = tuple(code for code in languages if code in drafts)
    return after.model_copy(update={"languages": tuple(languages), "unreviewed": unreviewed})


def _gone(before: Questionnaire, after: Questionnaire) -> tuple[str, ...]:
    return tuple(code for code in before.languages if code not in after.languages)


def _texts(questionnaire: Questionnaire) -> Iterator[tuple[Place, Texts]]:
    yield ("title", "", ""), questionnaire.title
    for item in questionnaire.items:
        for column in TEXTS:
            yield ("item", item.name, column), getattr(item, column)
    for name, options in questionnaire.choices.items():
        for option in options:
            yield ("choice", name, option.name), option.label


def _with_texts(questionnaire: Questionnaire, texts: Mapping[Place, Texts]) -> Questionnaire:
    items = tuple(
        item.model_copy(update={column: texts["item", item.name, column] for column in TEXTS})
        for item in questionnaire.items
    )
    choices = {
        name: tuple(
            option.model_copy(update={"label": texts["choice", name, option.name]})
            for option in options
        )
        for name, options in questionnaire.choices.items()
    }
    title = texts["title", "", ""]
    return questionnaire.model_copy(update={"title": title, "items": items, "choices": choices})


def _named(place: Place) -> str:
    """Return the name of a text, as in "question use_1" or "choice law of anchors"."""
    kind, name, part = place
    if kind == "title":
        return "the title"
    if kind == "choice":
        return f"choice {part} of {name}"
    words = {"label": "question", "hint": "hint of", "heading": "heading of"}
    return f"{words.get(part, 'message of')} {name}"
