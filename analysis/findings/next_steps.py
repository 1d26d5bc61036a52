"""What follows from the answers for the office: a rule for each step, with its words and who does it."""

from collections.abc import Iterable, Mapping

from analysis.findings.figure_words import not_asked
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.help_asked import Wish, wishes
from analysis.measures.place_outcomes import PlaceState
from surveys.help_asked import HelpState
from surveys.next_step import Content, NextStep
from surveys.wording import N_

ORGANISER = N_("Organiser")
MANAGER = N_("Programme manager")
MISSING = (PlaceState.SILENT, PlaceState.NOT_REACHABLE)
RULES: Mapping[str, Content] = {
    "help": Content(N_("Asked for help: decide who gets what, and when."), MANAGER),
    "silent": Content(N_("No reply or not reachable: call their contact points."), ORGANISER),
    "claimed": Content(
        N_("Claimed something in force: ask for its title or document."), ORGANISER
    ),
}
"""What each rule says, in the order of the page, while staff have not worded it otherwise."""


def worded(decided: Iterable[NextStep]) -> Mapping[str, Content]:
    """Return all steps in the order of the page: those of rules, then those of the office's own."""
    own = {one.key: one.content for one in decided}
    ruled = {key: own.pop(key, said) for key, said in RULES.items()}
    return ruled | own


def applying(reading: ReportFacts) -> Mapping[str, int]:
    """Return how many delegations (people) each rule is about; rules about nobody are left out."""
    found = {
        "help": help_asked(reading)[1],
        "silent": _missing(reading),
        "claimed": _claimed(reading),
    }
    return {key: count for key, count in found.items() if count}


def help_asked(reading: ReportFacts) -> tuple[int, int]:
    """Return how many asked for help, and how many for some that nobody has taken up."""
    told = [one for one in reading.responses if one.role == "participant"]
    found = [one for one in wishes(reading.frames, told, reading.say.language) if one.help]
    return _having(found, reading), _having(
        (one for one in found if one.state == HelpState.WAITING), reading
    )


def _having(found: Iterable[Wish], reading: ReportFacts) -> int:
    """Return how many have somebody with one of some wishes."""
    people = {(one.response.workshop, one.response.participant_id) for one in found}
    return sum(
        any((unit.workshop, seat.number) in people for seat in unit.members)
        for unit in reading.units
    )


def _missing(reading: ReportFacts) -> int:
    return sum(reading.unit_states[state] for state in MISSING)


def _claimed(reading: ReportFacts) -> int:
    return 0 if not_asked(reading, "embedded") else reading.outcome.grades[Evidence.CLAIMED]
