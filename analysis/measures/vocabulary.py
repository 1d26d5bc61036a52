"""The report's own words for codes that no questionnaire has: stages, kinds, waves, outcomes."""

from analysis.measures.delegations.evidence import Evidence
from surveys.wording import N_, Words

STAGES = (
    N_("Not used yet"),
    N_("Individual use"),
    N_("Shared"),
    N_("Proposed and accepted"),
    N_("Routine of the unit"),
    N_("Embedded"),
)

FIGURES = {
    "tried": N_("tried or used"),
    "in_regular_use": N_("in regular use"),
    "shared": N_("shared with colleagues"),
    "accepted": N_("accepted or approved"),
    "routine": N_("routine of the unit"),
    "embedded": N_("embedded"),
}

KINDS = {
    "procedure": N_("Rule or procedure"),
    "training": N_("Training course"),
    "unit": N_("Unit or post"),
    "budget": N_("Budget or equipment"),
    "system": N_("IT system or risk rule"),
    "law": N_("Law or regulation"),
}

GRADES = {
    Evidence.CLAIMED: N_("claimed"),
    Evidence.DESCRIBED: N_("described"),
    Evidence.CORROBORATED: N_("corroborated"),
    Evidence.DOCUMENT_SEEN: N_("document seen"),
}

WAVES = {
    "PRE": N_("Before"),
    "END": N_("End of workshop"),
    "M3": N_("3 months"),
    "M6": N_("6 months"),
    "M12": N_("12 months"),
    "SUP6": N_("Supervisors, 6 months"),
    "SUP12": N_("Supervisors, 12 months"),
    "NCP12": N_("Contact points, 12 months"),
    "NEEDS": N_("Needs of administrations"),
    "IPR": N_("Self-assessment"),
    "IPR12": N_("Self-assessment, again"),
    "ELEARN": N_("E-learning practice"),
    "FORENSICS": N_("Good practice in forensics"),
}

ELEARNING = {
    "done": N_("Done"),
    "in_progress": N_("Started"),
    "not_started": N_("Not started yet"),
    "no_access": N_("No access"),
}
"""The progress in the e-learning before a workshop."""

DISPOSITIONS = {
    "complete": N_("Complete"),
    "partial": N_("Partly answered"),
    "break_off": N_("Broke off"),
    "refusal": N_("Refused or stopped"),
    "non_contact": N_("No contact"),
    "unknown": N_("Silent"),
    "not_eligible": N_("Cancelled or handed over"),
    "not_asked": N_("Not asked"),
    "open": N_("Open"),
}

PLACE_STATES = {
    "replied": N_("Replied, not moved or left"),
    "moved": N_("Replied, but moved or left"),
    "silent": N_("No reply"),
    "not_reachable": N_("Not reachable"),
    "not_asked": N_("Not asked"),
}

ATTEMPT_KINDS = {"invitation": N_("Invitations"), "reminder": N_("Reminders")}

ATTEMPT_OUTCOMES = {
    "sent": N_("sent"),
    "failed": N_("failed"),
    "retry": N_("to be tried again"),
    "unknown": N_("outcome not known"),
    "claimed": N_("being sent"),
    "leaving": N_("being sent"),
}

FAILURES = {
    "blocked": N_("blocked the bot"),
    "deleted": N_("deleted the account"),
    "not_found": N_("chat not found"),
    "moved": N_("chat moved and not found"),
    "no_mailbox": N_("e-mail address does not work"),
    "refused": N_("message refused"),
    "channel_changed": N_("another channel is tried"),
}
"""Why a message failed for good."""

PIPELINE = {"proposed": N_("Proposed"), "drafted": N_("Drafted"), "approved": N_("Approved")}

KINDS_OF_WORKSHOPS = {
    "regional": N_("Regional"),
    "sub-regional": N_("Sub-regional"),
    "national": N_("National"),
    "accreditation": N_("Accreditation"),
}

STATUSES = {
    "draft": N_("Draft."),
    "presented": N_("As presented."),
    "final": N_("Final."),
}
"""The status of a report: a draft, presented to those it is about, or final."""

LEVELS = {
    "public": N_("Public."),
    "members": N_("For Members."),
    "rocb": N_("For the ROCB only."),
}
"""Who may read a report."""

AT_LEAST_ONE = N_("At least one of those not shown")
"""The people of one or more of several options that are hidden."""

LABELS = {
    "at_least_one": AT_LEAST_ONE,
    "contents": N_("Contents"),
    "in_short": N_("In short"),
    "summary": N_("Executive summary"),
    "chapters": N_("What the chapters show"),
    "annex": N_("Annex"),
    "more": N_("All numbers, and more tables"),
    "asked": N_("Asked"),
    "replied": N_("Replied"),
    "rr2": N_("RR2: complete and partial responses of all who were asked."),
    "numbers": N_("The numbers of this picture"),
    "method": N_("Method and limits"),
    "page": N_("Page"),
    "picture": N_("Picture"),
    "table": N_("Table"),
    "section": N_("Section"),
    "sheet": N_("Sheet"),
    "row": N_("Row"),
    "column": N_("Column"),
    "number": N_("Number"),
    "base": N_("Base"),
    "share": N_("Percent"),
    "printed": N_("As printed"),
    "read_me": N_("Read me"),
    "all_numbers": N_("All numbers, one in each row"),
    "gaps": N_("What is not shown is no number in any sheet, and a gap in a chart."),
}
"""Words of the frame of the long formats, which belong to no section."""

WHO_CAN_REMOVE = {
    N_("The officer"): ("time",),
    N_("Who gives out the work"): ("chief", "no_opportunity"),
    N_("The administration"): ("legal", "staff", "budget", "it", "moved"),
    N_("Other bodies"): ("others",),
}
"""Who can remove which obstacle; codes that are not listed come last."""

OTHER = N_("Not grouped")
NO_OBSTACLE = "none"


def labels(say: Words) -> dict[str, str]:
    """Return the words of the frame in a language, and the signs that go with words there."""
    opened, closed = say.quotes
    signs = {"comma": say.comma, "semicolon": say.semicolon, "colon": say.colon}
    quotes = {"opened": opened, "closed": closed}
    return {key: say(text) for key, text in LABELS.items()} | signs | quotes


SUBREGIONS = (
    N_("South Asia"),
    N_("Far East"),
    N_("ASEAN"),
    N_("Oceania"),
    N_("Outside Asia/Pacific"),
)
"""The sub-regions of the packaged table of administrations; an office's own are printed as they are."""
