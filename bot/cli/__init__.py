"""The command line: thin skins over the desk. Heavy libraries are imported by the commands."""

import sys

import typer
from sqlalchemy.exc import DatabaseError, OperationalError

from bot.channels.base import DeliveryError
from bot.cli import (
    anchors,
    case,
    demo,
    exports,
    operations,
    participant,
    participants,
    programmes,
    questionnaires,
    reports,
    service,
    staff,
    waves,
    workshops,
)
from bot.cli.common import fail
from storage.database import Conflict, NotFound
from storage.migrating import SchemaTooNew
from surveys.problems import BadInput

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Asks the participants of customs workshops, for a year, what became of what they "
    "learned, and reports it honestly.",
)
app.add_typer(workshops.app, name="workshop", help="Workshops: import, list, move, cancel.")
app.add_typer(participants.app, name="participants", help="Participant lists and their codes.")
app.add_typer(
    participant.app, name="participant", help="One person: show, erase, move, link again."
)
app.add_typer(case.app, name="case", help="One questionnaire of one person: type it in.")
app.add_typer(questionnaires.app, name="questionnaire", help="Questionnaires: check and try.")
app.add_typer(waves.app, name="wave", help="Waves: preview, open, pause, close.")
app.add_typer(reports.app, name="report", help="What became of it: reports, and how far they are.")
app.add_typer(anchors.app, name="anchor", help="What is in force: verify it.")
app.add_typer(programmes.app, name="programme", help="Programmes and their operations.")
staff.add_to(app)
service.add_to(app)
operations.add_to(app)
exports.add_to(app)
demo.add_to(app)


def main() -> None:
    """Run a command; mistakes of people end with words and exit code 2, never with a traceback."""
    try:
        app()
    except (BadInput, NotFound, Conflict, SchemaTooNew) as error:
        fail(str(error))
    except DatabaseError as error:
        # The driver's own words: the library's would repeat what was to be stored.
        if isinstance(error, OperationalError) or type(error) is DatabaseError:
            words = " ".join(str(error.orig).split())
            fail(f"The database cannot be used: {words}. Check `database` in the configuration.")
        raise
    except DeliveryError as error:
        fail(f"The messenger cannot be reached ({error.reason}). Check the network and try again.")
    except KeyboardInterrupt:
        sys.exit(130)
