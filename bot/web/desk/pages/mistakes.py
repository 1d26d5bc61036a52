"""I made a mistake: what can be taken back, where, until when, and what people see of it."""

from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Screen, Visit
from storage.office.staff import StaffRole

NOTHING = "nothing"
MISTAKES = (
    (
        "A list",
        (
            (
                "The wrong list was saved",
                "Workshop, Lists: Undo",
                "something has reached a person; the others are undone",
                "nothing; their codes end",
            ),
            (
                "It was the list of another workshop",
                "Workshop, Lists: To another workshop …",
                "the same",
                NOTHING,
            ),
            (
                "It was undone by mistake",
                "Workshop, Lists: Save again",
                "always",
                "make new codes",
            ),
            (
                "The wrong table of earlier answers was imported",
                "Workshop, Earlier answers: Undo",
                "always; answers that the office has worked with stay",
                NOTHING,
            ),
            (
                "A column was chosen wrongly for a list",
                "Import a list, Columns that were chosen: Forget",
                "always",
                NOTHING,
            ),
        ),
    ),
    (
        "A wave",
        (
            (
                "It was opened too early",
                "Wave: Undo for two minutes, then Back to planned …",
                "somebody has answered",
                "who has the message is told, if you wish",
            ),
            ("It must not go out tomorrow", "Today or Wave: Hold …", "its day", NOTHING),
            ("It was skipped by mistake", "Wave: Back to planned", "always", NOTHING),
            (
                "It was closed by mistake",
                "Wave: Open again …",
                "always; past its last day with a new one",
                "the questionnaire works again",
            ),
            ("It has the wrong days", "Wave: Back to planned", "it opens", NOTHING),
        ),
    ),
    (
        "A person",
        (
            (
                "The wrong person was stopped",
                "Person: Start again",
                "always",
                "perhaps the one last message",
            ),
            (
                "On the wrong list, or did not come",
                "Person: Remove …",
                "always; Put back undoes it",
                "an open questionnaire says so",
            ),
            ("Left out of a wave by mistake", "Wave: Ask again", "the wave closes", NOTHING),
            (
                "Two people were joined as one",
                "Person: undo of the merge",
                "an erasure",
                "as before",
            ),
            (
                "Somebody answered about the wrong workshop",
                "Person, the case: Wrong workshop …",
                "something is answered there",
                "one sentence",
            ),
        ),
    ),
    (
        "A workshop",
        (
            (
                "It has the wrong days",
                "Workshop: Move …, or the Undo of the move",
                "always",
                "the new days",
            ),
            ("It was cancelled by mistake", "Workshop: Restore", "always", "messages go on"),
            (
                "It follows the wrong plan",
                "Workshop: Another plan …",
                "always; waves that have opened stay",
                NOTHING,
            ),
            (
                "A plan was changed or removed by mistake",
                "Plans: Undo, or Today, Done lately",
                "tomorrow on Today, or it is changed again; waves that have opened stay",
                NOTHING,
            ),
            (
                "It has the wrong choices of its own",
                "More questions: Undo, or Workshop, History",
                "they are changed again; open waves keep theirs",
                NOTHING,
            ),
            (
                "Texts of its choices were corrected wrongly in open waves",
                "More questions: Undo, or Workshop, History",
                "they are changed again",
                "the earlier texts again",
            ),
            (
                "A programme or its results were wrong",
                "Programmes: Undo, or Today, Done lately",
                "tomorrow on Today, or it is changed again",
                NOTHING,
            ),
            ("It has the wrong code", "Workshop: Change the code …", "always", NOTHING),
        ),
    ),
    (
        "A questionnaire",
        (
            (
                "The wrong version was published",
                "Questionnaire: Undo, or Publish again …",
                "always; open waves keep theirs",
                NOTHING,
            ),
            (
                "Texts were corrected wrongly",
                "Questionnaire, History: Undo",
                "they are corrected again; added languages stay",
                "the earlier texts again",
            ),
            (
                "It was asked of the wrong workshop",
                "Questionnaire: Undo",
                "the wave opens",
                NOTHING,
            ),
        ),
    ),
    (
        "A report",
        (
            (
                "It was presented too early",
                "Report: Undo, or Take it back …",
                "it is final; files that were given stay",
                "readers are given nothing until it is presented again",
            ),
            ("It was taken back by mistake", "Report: Undo, or Present it …", "always", NOTHING),
            (
                "A share link or a feed is for the wrong readers",
                "Share links: End now, or Today, Done lately",
                "always; saved files stay",
                "that it is no longer in use",
            ),
            (
                "A share link or a feed was ended by mistake",
                "Share links: Let it work again",
                "its last day",
                "the same address works again",
            ),
            (
                "A title or a dispute was decided wrongly",
                "Anchors to decide: Undo",
                "somebody decides again",
                NOTHING,
            ),
            (
                "A document was recorded as seen that nobody saw",
                "What people say is in force: Not seen",
                "always; presented reports keep it",
                NOTHING,
            ),
            (
                "A recommendation was released, changed or settled wrongly",
                "Recommendations: Undo, or Withdraw",
                "always; presented reports keep it",
                NOTHING,
            ),
            (
                "A step of what the office does next was released, worded or dropped wrongly",
                "Next steps of the report: Undo, or For the office alone",
                "always; presented reports keep it",
                NOTHING,
            ),
        ),
    ),
)
"""By what the mistake was made with: the mistake, where it is mended, until when, what people see."""


async def show(visit: Visit) -> Screen:
    """Show the page."""
    return Screen("mistakes.html", "I made a mistake", {"found": MISTAKES})


PAGE = DeskPage("/mistakes", StaffRole.MANAGER, show)
