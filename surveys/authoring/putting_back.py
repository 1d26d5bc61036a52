"""Takes a correction of texts back: what nobody has changed since gets the text of before. Pure.

The three versions of a text are the present one, and those before and after the correction. Languages
that the correction added stay, because people may be reading them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from surveys.authoring.differences import TEXTS
from surveys.questionnaire import Item, Option, Questionnaire, Texts

KINDS = dict(zip(TEXTS, ("question", "hint of", "heading of", "message of"), strict=True))


@dataclass(frozen=True)
class TextsBack:
    """A questionnaire with the texts of before, and the names of texts that were changed since."""

    questionnaire: Questionnaire
    kept: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionsBack:
    """Choices with the texts of before, and the codes of those that were changed since."""

    options: tuple[Option, ...]
    kept: tuple[str, ...] = ()


def texts_back(present: Questionnaire, before: Questionnaire, after: Questionnaire) -> TextsBack:
    """Return a version with the texts that it had before a correction made `after` of `before`."""
    stay = set(after.languages) - set(before.languages)
    kept: list[str] = []
    title, changed = _text_back((present.title, before.title, after.title), stay)
    kept += ["the title"] if changed else []
    items = tuple(_item_back((one, before, after), stay, kept) for one in present.items)
    choices = dict(present.choices)
    for name, options in present.choices.items():
        found = options_back(options, before.choices[name], after.choices[name], stay)
        choices[name] = found.options
        kept += [f"choice {code} of {name}" for code in found.kept]
    draft = _unreviewed_back(present, before, after)
    told = {"title": title, "items": items, "choices": choices, "unreviewed": draft}
    return TextsBack(present.model_copy(update=told), tuple(kept))


def options_back(
    present: Sequence[Option],
    before: Sequence[Option],
    after: Sequence[Option],
    stay: Collection[str] = (),
) -> OptionsBack:
    """Return choices with the labels that they had before a correction, by their codes."""
    old, new = ({one.name: one.label for one in options} for options in (before, after))
    now = {one.name for one in present}
    kept = [name for name in new if name not in now and new[name] != old.get(name)]
    found = []
    for one in present:
        three = (one.label, old.get(one.name, one.label), new.get(one.name, one.label))
        label, changed = _text_back(three, stay)
        kept += [one.name] if changed else []
        found.append(one.model_copy(update={"label": label}))
    return OptionsBack(tuple(found), tuple(kept))


def _item_back(
    three: tuple[Item, Questionnaire, Questionnaire], stay: Collection[str], kept: list[str]
) -> Item:
    """Return an item with the texts of before; name in `kept` those that were changed since."""
    present, before, after = three[0], three[1].by_name, three[2].by_name
    told = {}
    for column, kind in KINDS.items():
        texts = (
            getattr(one, column) for one in (present, before[present.name], after[present.name])
        )
        told[column], changed = _text_back((next(texts), next(texts), next(texts)), stay)
        kept += [f"{kind} {present.name}"] if changed else []
    return present.model_copy(update=told)


def _text_back(three: tuple[Texts, Texts, Texts], stay: Collection[str]) -> tuple[Texts, bool]:
    """Return a text as it was before in each language, and whether it was changed since in one."""
    present, before, after = three
    changed = [
        code
        for code in {**before, **after}
        if code not in stay and before.get(code) != after.get(code)
    ]
    mine = [code for code in changed if present.get(code) == after.get(code)]
    others = {code: text for code, text in present.items() if code not in mine}
    back = {code: before[code] for code in mine if code in before}
    since = any(present.get(code) not in (before.get(code), after.get(code)) for code in changed)
    return {**others, **back}, since


def _unreviewed_back(
    present: Questionnaire, before: Questionnaire, after: Questionnaire
) -> tuple[str, ...]:
    """Return the languages of which the translation is a draft, as before the correction."""
    changed = (set(before.unreviewed) ^ set(after.unreviewed)) & set(before.languages)
    as_left = {
        code for code in changed if (code in present.unreviewed) == (code in after.unreviewed)
    }
    draft = (set(present.unreviewed) - as_left) | (set(before.unreviewed) & as_left)
    return tuple(code for code in present.languages if code in draft)
