"""Check the expressions of a questionnaire against its items.

Works on items that know where they were written (`Placed`), from any kind of file.
"""

from collections import Counter
from collections.abc import Sequence

from surveys.authoring.bounding import check_bounds
from surveys.authoring.drafts import Placed
from surveys.authoring.uses import Use, uses_of
from surveys.items import BY_NAME
from surveys.items.base import Shape
from surveys.problem_list import ProblemList, did_you_mean
from surveys.questionnaire import Item, Questionnaire

REGISTRY = {
    "participant": ("name",),
    "workshop": ("title", "city", "ended_month"),
    "administration": ("name",),
}
"""What pulldata() can look up besides earlier waves, which have keys in capital letters."""


def lint(
    questionnaire: Questionnaire, placed: Sequence[Placed], problem_list: ProblemList
) -> None:
    """Report everything that is wrong with names and expressions of `placed`, items in order."""
    _check_names(placed, problem_list)
    uses = [use for one in placed for use in uses_of(questionnaire, one, problem_list)]
    circles = _circles(uses)
    for circle in circles:
        _tell_circle(circle, uses, problem_list)
    circling = frozenset(name for circle in circles for name in circle)
    for use in uses:
        _check_references(use, questionnaire, circling, problem_list)
        _check_comparisons(use, questionnaire, problem_list)
        _check_pulls(use, problem_list)
        if use.expression.uses_here and use.column != "constraint":
            message = "uses '.', the answer itself, which is known in a constraint only."
            problem_list.error(
                use.place, message, use.expression.text, "Write ${name} of an item."
            )
    check_bounds(questionnaire, uses, problem_list)
    for one in placed:
        _check_columns(one, problem_list)


def _check_names(placed: Sequence[Placed], problem_list: ProblemList) -> None:
    count = Counter(one.item.name for one in placed)
    first: dict[str, str] = {}
    for one in placed:
        name, place = one.item.name, one.row.at("name")
        if count[name] > 1 and name in first:
            message = f"is already the name of another item ({first[name]})."
            problem_list.error(place, message, name, "Give each item its own name.")
        first.setdefault(name, place)


def _circles(uses: Sequence[Use]) -> list[tuple[str, ...]]:
    """Return the names of items that depend on themselves, each circle once, from its first item."""
    needs: dict[str, set[str]] = {}
    for use in uses:
        if use.column != "constraint":
            needs.setdefault(use.placed.item.name, set()).update(use.expression.references)
    circles: dict[frozenset[str], tuple[str, ...]] = {}
    known: set[str] = set()
    for name in needs:
        circle = () if name in known else _way_back(name, needs)
        if circle:
            circles.setdefault(frozenset(circle), circle)
            known.update(circle)
    return list(circles.values())


def _way_back(start: str, needs: dict[str, set[str]]) -> tuple[str, ...]:
    """Return the shortest path from an item over its dependencies back to it; () if there is none."""
    before: dict[str, str] = {}
    reached = [start]
    for here in reached:
        for name in sorted(needs.get(here, ())):
            if name == start:
                return _way(start, here, before)
            if name not in before:
                before[name] = here
                reached.append(name)
    return ()


def _way(start: str, end: str, before: dict[str, str]) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(before[way[-1]])
    return tuple(reversed(way))


def _tell_circle(circle: tuple[str, ...], uses: Sequence[Use], problem_list: ProblemList) -> None:
    first = next(use for use in uses if use.placed.item.name == circle[0])
    following = {*circle[1:], circle[0]}
    place = next(
        (
            use.place
            for use in uses
            if use.placed is first.placed and following & use.expression.references
        ),
        first.place,
    )
    shown = " needs ".join((*circle, circle[0]))
    message = f"These items depend on each other in a circle: {shown}."
    problem_list.error(place, message, fix="Let one of them depend on earlier items only.")


def _check_references(
    use: Use, questionnaire: Questionnaire, circling: frozenset[str], problem_list: ProblemList
) -> None:
    position, item = questionnaire.position, use.placed.item
    repeated = questionnaire.by_name[item.name] is not item
    for name in sorted(use.expression.references):
        shown = f"${{{name}}}"
        if name not in position:
            fix = did_you_mean(name, position, "${{{}}}")
            problem_list.error(use.place, "is not the name of an item.", shown, fix)
        elif name == item.name and use.column == "constraint":
            fix = "Write . for the answer itself."
            problem_list.error(use.place, "is this item itself.", shown, fix)
        elif repeated or {name, item.name} <= circling:
            continue
        elif position[name] >= position[item.name]:
            fix = "Move it before this one."
            problem_list.error(use.place, "comes later, so it is still empty here.", shown, fix)


def _check_comparisons(use: Use, questionnaire: Questionnaire, problem_list: ProblemList) -> None:
    """Report conditions on a code that no option has: they never hold."""
    for name, literal in use.expression.comparisons:
        item = questionnaire.by_name.get(name)
        codes = _codes(questionnaire, item) if item else ()
        if literal and codes and literal not in codes:
            of = f"of list {item.list_name}" if item and item.list_name else f"of {name}"
            message = f"is not a choice {of}, so this comparison never holds."
            problem_list.error(use.place, message, literal, did_you_mean(literal, codes))


def _codes(questionnaire: Questionnaire, item: Item) -> tuple[str, ...]:
    listed = tuple(option.name for option in questionnaire.options(item))
    return listed or tuple(choice.code for choice in BY_NAME[item.type].choices(item))


def _check_pulls(use: Use, problem_list: ProblemList) -> None:
    for source, name in sorted(use.expression.pulls):
        if source in REGISTRY and name not in REGISTRY[source]:
            fix = did_you_mean(name, REGISTRY[source])
            problem_list.error(use.place, f"is not known of a {source}.", name, fix)
        elif source not in REGISTRY and source != source.upper():
            fix = did_you_mean(source, REGISTRY)
            message = "is neither an earlier questionnaire nor something looked up."
            problem_list.error(use.place, message, source, fix)


def _check_columns(placed: Placed, problem_list: ProblemList) -> None:
    """Report columns that this type of item ignores."""
    item, row = placed.item, placed.row
    asked = BY_NAME[item.type].shape is not None
    if item.constraint and not asked:
        problem_list.error(
            row.at("constraint"), f"Nobody answers a {item.type}: it has no constraint."
        )
    if item.constraint and BY_NAME[item.type].shape is Shape.NOTE:
        message = f"Nobody answers a {item.type}, so its constraint has no effect."
        problem_list.warning(row.at("constraint"), message, fix="Put it on a question.")
    if item.required and BY_NAME[item.type].shape is Shape.FILE:
        message = f"A {item.type} can always be skipped, so required has no effect."
        problem_list.warning(row.at("required"), message, fix="Remove it.")
    if item.calculation and asked:
        message = f"A {item.type} is answered by people: it has no calculation."
        problem_list.error(row.at("calculation"), message, fix="Add a row of type calculate.")
    if item.type == "calculate" and not row.cells.get("calculation"):
        message = f"The calculate {item.name} has no calculation."
        problem_list.error(row.at("calculation"), message, fix="Add one, or remove the row.")
    if item.choice_filter and item.list_name is None:
        problem_list.error(row.at("choice_filter"), f"A {item.type} has no choices to filter.")
