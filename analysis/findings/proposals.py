"""Recommendations that a rule proposes from obstacles and from help that people ask for."""

from collections.abc import Collection
from dataclasses import dataclass

from analysis.disclosure.small_groups import SMALLEST
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

    `reading` is the office's own: it words what it releases. What fewer than five people name is not
    proposed, so that no recommendation that leaves the office comes from a few.
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


def _most(found: PrintedRows, known: Collection[str], most: int) -> list[str]:
    """Return the known codes that most people name, the most first; of those that are level all."""
    named = {row.codes[0]: row.people or 0 for row in found.rows if row.codes[0] in known}
    ranked = sorted(named.values(), reverse=True)[:most]
    least = max(SMALLEST, ranked[-1]) if ranked else SMALLEST
    return sorted((code for code in named if named[code] >= least), key=lambda code: -named[code])
