"""The health check of the files outside the database: all there, and nothing left over."""

from datetime import datetime

from sqlalchemy import Connection

from bot.filing.keeping import ORPHANS_KEPT
from bot.operations.checks import Check, Level
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.file_folder import names_in, older_names
from storage.files import trouble_with_folder
from storage.responses.shown_files import names_known, names_shown

FILES = "files"
PUT_BACK = (
    "Put them back from a copy: `followup backup` writes them beside the database. Without one, "
    "remove them with `followup evidence remove`."
)
LET_IT = "Let the account of the bot read and write it: files.folder in the configuration."


def files(connection: Connection, office: Office, now: datetime) -> Check:
    """Return whether the files that people and staff have shown are there, and more can be written."""
    folder = office.files.folder
    try:
        old = older_names(folder, now - ORPHANS_KEPT)
        shown = names_shown(connection)
        missing = len(shown - names_in(folder))
        left = len(old - names_known(connection))
    except OSError as error:
        says = f"The folder for files cannot be read: {error.strerror}."
        return Check(FILES, Level.WRONG, says, LET_IT)
    if trouble := trouble_with_folder(folder):
        says = f"The folder for files, {folder}, cannot be written: {trouble}."
        return Check(FILES, Level.WRONG, says, LET_IT)
    if missing:
        says = f"{counted(missing, 'file')} of {len(shown)} cannot be found in {folder.name}."
        return Check(FILES, Level.WRONG, says, PUT_BACK)
    if left:
        says = f"{counted(left, 'file')} that belong to nothing lie in {folder.name}."
        return Check(FILES, Level.LOOK, says, "The daily work of the bot removes them.")
    says = f"{counted(len(shown), 'file')}, all there." if shown else "No file was shown yet."
    return Check(FILES, Level.FINE, says)
