"""The own lists of a workshop: its takeaways, needs and obstacles in place of the general ones.

Pure: a questionnaire and lists give a questionnaire. Knows neither storage nor waves.
"""

from collections.abc import Mapping

from surveys.authoring.uses import filter_columns
from surveys.expressions import compile_expression
from surveys.questionnaire import Item, Option, Questionnaire

WORKSHOP_LISTS = ("takeaways", "needs", "obstacles")
"""Names of the lists in questionnaires that a workshop may replace with its own choices."""
OTHER = "other"
WITH_OTHER = "_or_other"

Lists = Mapping[str, tuple[Option, ...]]


def fillable(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the lists of a questionnaire that a workshop may replace: by name, which list it is."""
    names = {name: name.removesuffix(WITH_OTHER) for name in questionnaire.choices}
    return {name: plain for name, plain in names.items() if plain in WORKSHOP_LISTS}


def filled(questionnaire: Questionnaire, lists: Lists) -> Questionnaire:
    """Return the questionnaire with a workshop's lists; the same one if it uses none of them.

    Choices that are not the workshop's own stay: "other", "none yet", "I do not know", and any choice
    that a condition of the questionnaire asks about.
    """
    own = {
        name: _merged(questionnaire, name, lists[plain])
        for name, plain in fillable(questionnaire).items()
        if lists.get(plain)
    }
    if not own:
        return questionnaire
    return questionnaire.model_copy(update={"choices": {**questionnaire.choices, **own}})


def corrected(
    variant: Questionnaire, before: Questionnaire, after: Questionnaire
) -> Questionnaire:
    """Return a version with a workshop's lists after its base version was corrected.

    Choices that came from the questionnaire get its corrected texts; the workshop's own stay.
    """
    own = {
        name: tuple(
            after_option if option == before_option else option
            for option in variant.choices[name]
            for before_option in [_named(before, name, option.name)]
            for after_option in [_named(after, name, option.name) or option]
        )
        for name in fillable(variant)
    }
    return after.model_copy(update={"choices": {**after.choices, **own}})


def retold(variant: Questionnaire, before: Lists, after: Lists) -> Questionnaire:
    """Return a version with a workshop's lists after their texts were corrected, with the same codes.

    Only choices with the texts of `before` get the texts of `after`.
    """
    own = {
        name: tuple(
            option.model_copy(update={"label": _fitted(new, variant, ()).label})
            if old and new and option.label["en"] == old.label["en"]
            else option
            for option in variant.choices[name]
            for old in [_of(before.get(plain, ()), option.name)]
            for new in [_of(after[plain], option.name)]
        )
        for name, plain in fillable(variant).items()
        if plain in after
    }
    return variant.model_copy(update={"choices": {**variant.choices, **own}})


def _named(questionnaire: Questionnaire, name: str, code: str) -> Option | None:
    return _of(questionnaire.choices[name], code)


def _of(options: tuple[Option, ...], code: str) -> Option | None:
    return next((one for one in options if one.name == code), None)


def _merged(
    questionnaire: Questionnaire, name: str, options: tuple[Option, ...]
) -> tuple[Option, ...]:
    """Return the workshop's choices, then those that stay, with the exclusive ones last."""
    before = questionnaire.choices[name]
    columns = dict.fromkeys(column for option in before for column in option.extra)
    given = {option.name: _fitted(option, questionnaire, tuple(columns)) for option in options}
    asked_for = _codes_in_conditions(questionnaire, name)
    stays = [
        option
        for option in before
        if option.name not in given
        and (option.exclusive or option.non_answer or option.name in {OTHER, *asked_for})
    ]
    return tuple(sorted((*given.values(), *stays), key=lambda option: option.exclusive))


def _fitted(option: Option, questionnaire: Questionnaire, columns: tuple[str, ...]) -> Option:
    """Return the option in the languages of the questionnaire, with all filter columns."""
    label = {code: text for code, text in option.label.items() if code in questionnaire.languages}
    extra = {column: option.extra.get(column, "") for column in columns}
    return option.model_copy(update={"label": label, "extra": extra})


def _codes_in_conditions(questionnaire: Questionnaire, name: str) -> set[str]:
    """Return the codes of a list that expressions compare answers with."""
    answered = {item.name for item in questionnaire.items if item.list_name == name}
    return {
        literal
        for item in questionnaire.items
        for asked, literal in _comparisons(questionnaire, item)
        if asked in answered
    }


def _comparisons(questionnaire: Questionnaire, item: Item) -> list[tuple[str, str]]:
    columns = filter_columns(questionnaire.options(item))
    texts = (item.relevant, item.constraint, item.calculation, item.choice_filter)
    found = [compile_expression(text, columns=columns).comparisons for text in texts if text]
    return [pair for pairs in found for pair in pairs]
