"""Recommendations that a rule proposes from obstacles and from help that people ask for."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from analysis.findings.printed_rows import PrintedRows
from analysis.findings.report_facts import ReportFacts
from surveys.wording import N_

OFFICE = N_("Regional office")
ADMINISTRATIONS = N_("Administrations")
OBSTACLES = {
    "no_opportunity": (
        N_("Agree with the supervisor before the workshop on a task in which it will be used."),
        ADMINISTRATIONS,
    ),
    "chief": (
        N_(
            "Name the supervisor in each nomination, and what the supervisor will do with the result."
        ),
        ADMINISTRATIONS,
    ),
    "legal": (
        N_("Draft the missing procedure within six months after the workshop."),
        ADMINISTRATIONS,
    ),
    "staff": (
        N_("Train two officers or more for each task, so that it does not depend on one."),
        ADMINISTRATIONS,
    ),
    "budget": (N_("Put the missing equipment into the next budget."), ADMINISTRATIONS),
    "it": (N_("Put the planned change on the list of changes to the IT system."), ADMINISTRATIONS),
    "others": (
        N_("Invite the agencies and firms concerned to the next workshop on the topic."),
        OFFICE,
    ),
    "time": (
        N_("Set working time aside for the planned change in the first three months."),
        ADMINISTRATIONS,
    ),
    "moved": (
        N_("Have an officer who changes to another post hand the practice over."),
        ADMINISTRATIONS,
    ),
}
"""What helps against an obstacle, and who can do it."""
HELP = {
    "templates": N_("Publish examples and templates with each workshop."),
    "expert": N_("Offer advice from an expert in the six months after a workshop."),
    "elearning": N_("Name the e-learning modules that go with each workshop."),
    "workshop": N_("Plan national workshops where they were asked for most."),
    "advanced": N_("Plan a more advanced workshop on the topic."),
    "exchange": N_("Bring participants together with colleagues abroad after each workshop."),
    "letter": N_("Write to heads of administrations about the changes that were planned."),
}
"""What the office can do where people ask for help."""


@dataclass(frozen=True)
class Proposal:
    """A recommendation that a rule proposes: its rule, such as `obstacle:staff`, words and owner."""

    rule: str
    words: str
    owner: str


def proposals(reading: ReportFacts) -> tuple[Proposal, ...]:
    """Return what to recommend against the obstacles, and as the help, that most people name.

    Only what readers outside may know to be named counts, so that a recommendation tells nothing more.
    """
    return (
        *(
            Proposal(f"obstacle:{code}", *OBSTACLES[code])
            for code in _most(reading.rows("obstacles", "M3", "M6"), OBSTACLES, 3)
        ),
        *(
            Proposal(f"help:{code}", HELP[code], OFFICE)
            for code in _most(reading.rows("help", "M3", "M6"), HELP, 2)
        ),
    )


def _most(found: PrintedRows, known: Collection[str], most: int) -> Iterator[str]:
    """Yield the known codes that are told of most people, the most first."""
    alone = [row for row in found.rows if len(row.codes) == 1 and row.codes[0] in known]
    told = [row for row in alone if row.people or row.nearly]
    for row in sorted(told, key=lambda row: (not row.nearly, -(row.people or 0)))[:most]:
        yield row.codes[0]
