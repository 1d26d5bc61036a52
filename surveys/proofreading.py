"""Reads the texts of a questionnaire: labels, translations, lengths, and what labels quote."""

import re
from collections.abc import Iterator, Mapping, Sequence

from surveys.drafts import Draft, OptionRow, Placed
from surveys.findings import Findings, did_you_mean
from surveys.items import BY_NAME
from surveys.questionnaire import Questionnaire, Texts

LONGEST_LABEL = 1_024
LONGEST_OPTION = 60
MOST_OPTIONS = 20
QUOTE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_.-]*)\}")
LEFT_OVER = re.compile(r"\$\{[^{}]*\}?|\$?\{[^{}\s][^{}]*\}|%\([^()]*\)s?")


def proofread(
    draft: Draft, questionnaire: Questionnaire, placed: Sequence[Placed], findings: Findings
) -> None:
    """Note what is wrong with texts. Lists that no item uses are not read."""
    _check_languages(draft, findings)
    _check_translated(draft, draft.title, "title", draft.at("title"), findings)
    for one in placed:
        _check_item(draft, one, findings)
        for place, text in _texts(one):
            _check_quotes(one, text, place, questionnaire, findings)
    for name in questionnaire.choices:
        for option in draft.lists.get(name, ()):
            _check_option(draft, name, option, findings)
            _check_option_quotes(option, questionnaire, findings)
        _check_size(name, draft.lists.get(name, ()), findings)


def _check_languages(draft: Draft, findings: Findings) -> None:
    if draft.default_language not in draft.languages:
        message = f"is not one of the languages ({', '.join(draft.languages)})."
        fix = "Add it to languages, or choose one of them."
        findings.error(draft.at("default_language"), message, draft.default_language, fix)


def _check_item(draft: Draft, placed: Placed, findings: Findings) -> None:
    item, row = placed.item, placed.row
    if BY_NAME[item.type].shape is None:
        return
    if not any(item.label.values()):
        findings.error(row.place, f"The item {item.name} has no label.", fix="Add its question.")
    for language, text in item.label.items():
        if len(text) > LONGEST_LABEL:
            message = f"This label ({language}) has {len(text):,} characters."
            fix = f"Write at most {LONGEST_LABEL:,}."
            findings.error(row.at("label"), message, fix=fix)
    for column in ("label", "hint", "heading", "constraint_message"):
        texts = getattr(item, column)
        _check_translated(draft, texts, column, row.at(column), findings)


def _check_translated(
    draft: Draft, texts: Texts, column: str, place: str, findings: Findings
) -> None:
    """A text in a language that the questionnaire lacks is wrong; a missing one is a warning."""
    for language in texts:
        if language not in draft.languages:
            fix = f"Add it to languages: [{', '.join((*draft.languages, language))}]."
            findings.error(place, "is not a language of this questionnaire.", language, fix)
    missing = [language for language in draft.languages if not texts.get(language)]
    if missing and any(texts.values()):
        fix = f"Until then {draft.default_language} is shown."
        findings.warning(place, f"This {column} has no text in {', '.join(missing)}.", fix=fix)


def _texts(placed: Placed) -> Iterator[tuple[str, str]]:
    """All texts of an item with their places."""
    for column in ("label", "hint", "heading", "constraint_message"):
        texts: Mapping[str, str] = getattr(placed.item, column)
        for text in texts.values():
            yield placed.row.at(column), text


def _check_quotes(
    placed: Placed, text: str, place: str, questionnaire: Questionnaire, findings: Findings
) -> None:
    """C07: a text may quote `${an_earlier_item}` and nothing else."""
    position = questionnaire.position
    for name in QUOTE.findall(text):
        shown = f"${{{name}}}"
        if name not in position:
            fix = did_you_mean(name, position, "${{{}}}")
            findings.error(place, "is quoted, but is not the name of an item.", shown, fix)
        elif position[name] >= position[placed.item.name]:
            message = "is quoted, but comes later, so it is still empty here."
            findings.error(place, message, shown, "Move it before this one.")
    for left in LEFT_OVER.findall(QUOTE.sub("", text)):
        fix = "To quote an earlier answer write ${name_of_the_item}."
        findings.error(place, "is not filled in here.", left, fix)


def _check_option(draft: Draft, name: str, option: OptionRow, findings: Findings) -> None:
    if not any(option.label.values()):
        message = f"The choice {option.name} of list {name} has no label."
        findings.error(option.place, message, fix="Add the text of the button.")
    _check_translated(draft, option.label, "choice", option.place, findings)
    for language, text in option.label.items():
        if len(text) > LONGEST_OPTION:
            message = f"This choice ({language}) has {len(text)} characters."
            fix = f"Buttons read well up to {LONGEST_OPTION}."
            findings.warning(option.place, message, text, fix)


def _check_option_quotes(
    option: OptionRow, questionnaire: Questionnaire, findings: Findings
) -> None:
    """A list can be used in several places, so only the names are checked, not their order."""
    for text in option.label.values():
        unknown = [name for name in QUOTE.findall(text) if name not in questionnaire.by_name]
        left_over = LEFT_OVER.findall(QUOTE.sub("", text))
        for left in [*(f"${{{name}}}" for name in unknown), *left_over]:
            fix = "Remove it, or write ${name_of_an_item}."
            findings.error(option.place, "is not filled in here.", left, fix)


def _check_size(name: str, options: Sequence[OptionRow], findings: Findings) -> None:
    if len(options) > MOST_OPTIONS:
        message = f"The list {name} has {len(options)} choices, which is long for a chat."
        findings.warning(options[0].place, message, fix=f"Try with {MOST_OPTIONS} at most.")
