"""The audiences of a report: which sections they get, how small a count may be, what the footer says.

An audience only takes away: every figure in any report is the office's own figure or is hidden.
"""

from dataclasses import dataclass

from surveys.next_step import NextStep
from surveys.report_status import DRAFT, ReportStatus
from surveys.wording import N_

ONE_OR_ALL = (
    "Readers outside the office get a report on one workshop, or on all of theirs: several chosen "
    "ones could be compared until a small group is found out. Name one workshop, or none."
)
FIELDWORK = ("workshops", "fieldwork", "places", "nonresponse", "operations")


@dataclass(frozen=True)
class Audience:
    """`keeps` are the keys of its sections (None for all); `outside` readers see no small count.

    `whom` says whose report it is when the audience is one of many: a donor or an administration.
    """

    key: str
    foot: str
    keeps: frozenset[str] | None = None
    outside: bool = True
    whom: str = ""


AUDIENCES = {
    audience.key: audience
    for audience in (
        Audience(
            "staff", N_("Confidential. For the staff of the regional office."), outside=False
        ),
        Audience(
            "member",
            N_("Prepared for {whom}."),
            frozenset(("own", "workshops", "fieldwork", "stages", "moves", "anchors", "effects"))
            | {"improvement", "obstacles", "needs", "sure", "next"},
            whom="administration",
        ),
        Audience(
            "donor",
            N_("Prepared for {whom}. Administrations are named only with permission."),
            frozenset(("stages", "moves", "anchors", "stage_table", "actions", "suggestions"))
            | {
                "lasting",
                "commitments",
                "effects",
                "improvement",
                "projects",
                "obstacles",
                "levels",
                "sure",
                "next",
            }
            | frozenset(FIELDWORK),
            whom="donor",
        ),
        Audience(
            "rtc",
            N_("For the Heads of Regional Training Centres."),
            frozenset(
                (
                    "workshops",
                    "fieldwork",
                    "stages",
                    "moves",
                    "obstacles",
                    "needs",
                    "operations",
                    "sure",
                    "next",
                )
            ),
        ),
        Audience(
            "trainer", N_("For the trainers of the workshop, until its last day."), frozenset()
        ),
        Audience("newsletter", N_("For publication."), frozenset(("stages",))),
        Audience(
            "good_practice",
            N_("For Member administrations only."),
            frozenset(("stages", "moves", "anchors", "stage_table", "actions", "suggestions"))
            | {"lasting", "commitments", "effects", "improvement", "projects", "obstacles"}
            | {"needs", "words", "themes", "sure", "next"}
            | frozenset(FIELDWORK),
        ),
    )
}


@dataclass(frozen=True)
class Wishes:
    """The options of a report besides its workshops.

    `whom` is the code of an administration for a member, the name of a donor for a donor, else ''.
    `donor` keeps the workshops of one donor, `fiscal_year` (its first year) those of a year.
    `contact` is where readers turn to, `office` who made the report; `report_status` is the status
    of the report and who may read it. `survey` is the key of a wave whose own result is wanted, `by`
    the groups in which it is shown. `steps` are what staff have decided about what the office does next.
    """

    audience: str = "staff"
    whom: str = ""
    language: str = "en"
    report_status: ReportStatus = DRAFT
    contact: str = ""
    donor: str = ""
    fiscal_year: int | None = None
    office: str = ""
    survey: str = ""
    by: str = ""
    steps: tuple[NextStep, ...] = ()

    @property
    def outside(self) -> bool:
        """Whether the readers are not the office."""
        return AUDIENCES[self.audience].outside
