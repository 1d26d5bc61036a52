"""The changes between two versions of a questionnaire, and their effect on existing answers.

A published version never changes, and interviews end with the version they began; nothing here
changes an answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire import Item, Option, Questionnaire, Texts

LONGEST_QUOTE = 60
UNTOUCHED = "Answers already given stay as they are."
TEXTS = {
    "label": "The question",
    "hint": "The hint",
    "heading": "The heading",
    "constraint_message": "The message on a wrong answer",
}
RULES = {
    "constraint": "The rule for answers",
    "calculation": "The calculation",
    "choice_filter": "The filter of the choices",
}


class Kind(StrEnum):
    """The kind of a change; `TEXT`, `OPTION_TEXT` and `LANGUAGE` are corrections of texts."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    TEXT = "text"
    TYPE = "type"
    CONDITION = "condition"
    RULE = "rule"
    OPTION_ADDED = "option_added"
    OPTION_REMOVED = "option_removed"
    OPTION_TEXT = "option_text"
    OPTION_RULE = "option_rule"
    HEAD = "head"
    LANGUAGE = "language"
    ORDER = "order"


@dataclass(frozen=True)
class Difference:
    """One change. `about` is the item, the list of choices, or '' for the whole questionnaire.

    `sentence` describes the change, `answers` its effect on existing answers.
    """

    kind: Kind
    about: str
    sentence: str
    answers: str = UNTOUCHED

    def __str__(self) -> str:
        return f"{self.sentence} {self.answers}"


def differences(old: Questionnaire, new: Questionnaire) -> tuple[Difference, ...]:
    """Return all changes from one version to the next, in the order of the new one, without order.

    An item that is gone and a new one with the same question and type count as renamed.
    """
    found = list(_head(old, new))
    renamed = _renamed(old, new)
    pairs = {name: old.by_name.get(renamed.get(name, name)) for name in new.by_name}
    lists: dict[tuple[str | None, str | None], None] = {}
    for item in new.items:
        before = pairs[item.name]
        if before is None:
            found.append(_added(item, new))
            continue
        if before.name != item.name:
            found.append(_rename(before, item))
        found.extend(_changes(before, item, new.default_language))
        if before.list_name and item.list_name:
            lists.setdefault((before.list_name, item.list_name))
    kept = {before.name for before in pairs.values() if before}
    found.extend(_removed(item, old) for item in old.items if item.name not in kept)
    for before_list, list_name in lists:
        options = old.choices.get(before_list or "", ()), new.choices.get(list_name or "", ())
        found.extend(option_changes(list_name or "", *options, new.default_language))
    return tuple(found)


def texts_only(old: Questionnaire, new: Questionnaire) -> bool:
    """Return whether only texts differ: same names, codes, types, rules and order, no language lost."""
    return _without_texts(old) == _without_texts(new) and set(old.languages) <= set(new.languages)


def _without_texts(questionnaire: Questionnaire) -> Questionnaire:
    bare: dict[str, Texts] = {column: {} for column in TEXTS}
    return questionnaire.model_copy(
        update={
            "title": {},
            "version": 0,
            "revision": 0,
            "languages": (),
            "unreviewed": (),
            "items": tuple(item.model_copy(update=bare) for item in questionnaire.items),
            "choices": {
                name: tuple(option.model_copy(update={"label": {}}) for option in options)
                for name, options in questionnaire.choices.items()
            },
        }
    )


def _renamed(old: Questionnaire, new: Questionnaire) -> dict[str, str]:
    """Return old names by new names for items with the same question; each is used once."""
    gone = [item for item in old.items if item.name not in new.by_name]
    renamed: dict[str, str] = {}
    for item in new.items:
        if item.name in old.by_name or not any(item.label.values()):
            continue
        same = (one for one in gone if (one.label, one.type) == (item.label, item.type))
        before = next(same, None)
        if before:
            gone.remove(before)
            renamed[item.name] = before.name
    return renamed


def _head(old: Questionnaire, new: Questionnaire) -> Iterator[Difference]:
    yield from _text_changes("", "The title", old.title, new.title, new.default_language)
    for name in ("minutes", "default_language"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            words = name.replace("_", " ")
            yield Difference(Kind.HEAD, "", f"The {words}: {before} becomes {after}.")
    for language in new.languages:
        if language not in old.languages:
            yield Difference(Kind.LANGUAGE, "", f"The language {language} is new.")
        elif (language in old.unreviewed) != (language in new.unreviewed):
            state = "a draft" if language in new.unreviewed else "reviewed"
            yield Difference(Kind.LANGUAGE, "", f"The translation into {language} is {state} now.")
    for language in old.languages:
        if language not in new.languages:
            fate = "Answers in this language stay as they are; their codes are the same."
            yield Difference(Kind.HEAD, "", f"The language {language} is no longer there.", fate)


def _added(item: Item, new: Questionnaire) -> Difference:
    shown = _quote(new.text(item.label, new.default_language) or item.calculation)
    fate = "Responses given before have no answer to it: they count as not asked."
    return Difference(Kind.ADDED, item.name, f"{item.name} is new: {shown}.", fate)


def _removed(item: Item, old: Questionnaire) -> Difference:
    shown = _quote(old.text(item.label, old.default_language) or item.calculation)
    fate = "Answers already given stay stored under this name; none are added."
    return Difference(Kind.REMOVED, item.name, f"{item.name} is no longer there: {shown}.", fate)


def _rename(before: Item, item: Item) -> Difference:
    sentence = f"{before.name} seems to be called {item.name} now: the question is the same."
    fate = (
        f"Answers already given stay under {before.name} and are not joined with the new ones. "
        f"Keep the name {before.name} if they should be."
    )
    return Difference(Kind.RENAMED, item.name, sentence, fate)


def _changes(before: Item, item: Item, language: str) -> Iterator[Difference]:
    """Yield the changes of an item that both versions have."""
    name = item.name
    if before.type != item.type:
        fate = "Answers already given stay as they are and cannot be compared with new ones."
        sentence = f"{name} changes its type from {before.type} to {item.type}."
        yield Difference(Kind.TYPE, name, sentence, fate)
    for column, words in TEXTS.items():
        about = f"{words} of {name}"
        yield from _text_changes(
            name, about, getattr(before, column), getattr(item, column), language
        )
    if before.relevant != item.relevant:
        fate = "Answers already given stay; from now on others may be asked."
        sentence = f"{name} is asked {_when(item)}; before it was asked {_when(before)}."
        yield Difference(Kind.CONDITION, name, sentence, fate)
    yield from _rule_changes(before, item)


def _rule_changes(before: Item, item: Item) -> Iterator[Difference]:
    name = item.name
    for column, words in RULES.items():
        old_rule, rule = getattr(before, column), getattr(item, column)
        if old_rule != rule:
            sentence = f"{words} of {name}: {_quote(old_rule)} becomes {_quote(rule)}."
            fate = "Answers already given are not checked again."
            yield Difference(Kind.RULE, name, sentence, fate)
    if before.required != item.required:
        now = "now" if item.required else "no longer"
        yield Difference(Kind.RULE, name, f"{name} is {now} required.")
    if before.parameters != item.parameters:
        shown = f"{_pairs(before.parameters)} becomes {_pairs(item.parameters)}"
        fate = "Answers already given stay; compare them with new ones only with care."
        yield Difference(Kind.RULE, name, f"The parameters of {name}: {shown}.", fate)
    if before.loop != item.loop:
        sentence = f"{name} belongs to the choice {item.loop or 'of no loop'} now."
        yield Difference(Kind.RULE, name, sentence)


def _text_changes(
    name: str, about: str, old: Texts, new: Texts, language: str
) -> Iterator[Difference]:
    """Yield one difference for a text, shown in the default language if it changed there."""
    changed = [code for code in {**old, **new} if old.get(code, "") != new.get(code, "")]
    if changed:
        code = language if language in changed else changed[0]
        named = f" ({', '.join(changed)})" if changed != [language] else ""
        shown = f"{_quote(old.get(code, ''))} becomes {_quote(new.get(code, ''))}"
        yield Difference(Kind.TEXT, name, f"{about}{named}: {shown}.")


def option_changes(
    name: str, old: Sequence[Option], new: Sequence[Option], language: str
) -> Iterator[Difference]:
    """Yield the changes of the choices of a list."""
    before = {option.name: option for option in old}
    after = {option.name: option for option in new}
    for code, option in after.items():
        about = f"The choice {code} of list {name}"
        if code not in before:
            fate = "People who answered before could not choose it."
            yield Difference(Kind.OPTION_ADDED, name, f"{about} is new.", fate)
            continue
        for change in _text_changes(name, about, before[code].label, option.label, language):
            fate = "Stored codes stay. If the meaning changes, give it a new code instead."
            yield Difference(Kind.OPTION_TEXT, name, change.sentence, fate)
        bare: dict[str, Texts] = {"label": {}}
        if before[code].model_copy(update=bare) != option.model_copy(update=bare):
            fate = "Answers already given stay; what counts as an answer may change in reports."
            sentence = f"{about} changes its marks (exclusive, non_answer or a filter column)."
            yield Difference(Kind.OPTION_RULE, name, sentence, fate)
    for code in before:
        if code not in after:
            fate = "Answers with this code stay stored; nobody can choose it any more."
            sentence = f"The choice {code} of list {name} is no longer there."
            yield Difference(Kind.OPTION_REMOVED, name, sentence, fate)


def _when(item: Item) -> str:
    return f"if {_quote(item.relevant)}" if item.relevant else "always"


def _pairs(parameters: Mapping[str, str]) -> str:
    return _quote(" ".join(f"{name}={value}" for name, value in parameters.items()))


def _quote(text: str) -> str:
    """Return a text in quotes, on one line, cut if it is long."""
    line = " ".join(text.split())
    if not line:
        return "nothing"
    return f"“{line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + '…'}”"
