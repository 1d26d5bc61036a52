"""Changes of order between two versions of a questionnaire."""

from collections.abc import Sequence

from surveys.authoring.differences import Difference, Kind
from surveys.questionnaire import Questionnaire


def reorderings(old: Questionnaire, new: Questionnaire) -> tuple[Difference, ...]:
    """Return the changes of order: of the items that both versions have, and of their choices."""
    found = []
    moved = _moved(list(old.by_name), list(new.by_name))
    if moved:
        sentence = f"The order of the questions changes; moved: {', '.join(moved)}."
        found.append(Difference(Kind.ORDER, "", sentence))
    for name, options in new.choices.items():
        before = [option.name for option in old.choices.get(name, ())]
        if _moved(before, [option.name for option in options]):
            sentence = f"The choices of list {name} stand in another order."
            found.append(Difference(Kind.ORDER, name, sentence))
    return tuple(found)


def _moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the fewest names that must move to bring the common ones into the new order."""
    common = [name for name in new if name in set(old)]
    rank = {name: number for number, name in enumerate(old)}
    # The longest run of names in order stays; the others have moved.
    best: list[list[str]] = []
    for name in common:
        before = [run for run in best if rank[run[-1]] < rank[name]]
        best.append([*_longest(before), name])
    kept = set(_longest(best))
    return [name for name in common if name not in kept]


def _longest(runs: Sequence[list[str]]) -> list[str]:
    return max(runs, key=lambda run: len(run)) if runs else []
