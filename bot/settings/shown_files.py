"""The settings of files that are shown: where they lie, and whether participants are asked for any."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict
from sqlalchemy import make_url

from bot.settings.office import ShownFiles


class FilesSettings(BaseModel):
    """A folder outside the database, of this database alone; participants are asked only if told to.

    Without a folder it is one beside the database, with the name of the database and ".files".
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Path | None = None
    ask_participants: bool = False

    def of(self, database: str) -> ShownFiles:
        """Return the rules for files of the database with an address."""
        name = make_url(database).database or "followup"
        return ShownFiles(self.folder or Path(f"{name}.files"), self.ask_participants)

    def beside(self, place: Path, database: str) -> "FilesSettings":
        """Return the settings with a relative path resolved against a folder."""
        return self.model_copy(update={"folder": place / self.of(database).folder})
