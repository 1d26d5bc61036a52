"""What people asked the office for, by administration, and how far it is: for staff only."""

from collections import defaultdict

from analysis.exports.facts import Facts
from analysis.exports.tables import Row, Table
from analysis.facts.responses import responses
from analysis.measures.help_asked import Wish, wishes
from surveys.wording import ENGLISH

NAME = "help_asked"
COLUMNS = {
    "workshop": "the code of the workshop",
    "administration": "the code of the administration that asked, as enrolled",
    "help": "the kind of help: the option of the questionnaire",
    "help_label": "what it means",
    "people": "how many people of the administration asked for it",
    "state": "waiting, taken up, or done, when the answers were last counted",
}


def help_asked_tables(facts: Facts) -> tuple[Table, ...]:
    """Return the table; none while the office has taken nothing up."""
    if facts.frames.help_changes.empty:
        return ()
    found: dict[tuple[str, str, str], list[Wish]] = defaultdict(list)
    told = [one for one in responses(facts.frames, facts.linked) if one.role == "participant"]
    for one in wishes(facts.frames, told, ENGLISH):
        if one.help:
            found[one.response.workshop, one.response.administration, one.help].append(one)
    rows = tuple(_row(need, those) for need, those in sorted(found.items()))
    return (Table(NAME, "Help asked of the office", tuple(COLUMNS), rows),) if rows else ()


def _row(need: tuple[str, str, str], those: list[Wish]) -> Row:
    people = len({one.response.participant_id for one in those})
    return (*need, those[-1].label, people, str(those[-1].state))
