"""The templates of the office for its reports."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict


class ReportSettings(BaseModel):
    """The office's own files for slides (.pptx) and documents (.docx), else the packaged ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slides: Path | None = None
    word: Path | None = None

    def beside(self, folder: Path) -> Self:
        """Return the settings with relative paths resolved against a folder."""
        places = {"slides": self.slides, "word": self.word}
        return self.model_copy(update={k: path and folder / path for k, path in places.items()})

    def by_format(self) -> dict[str, Path]:
        """Return the templates by the format of the report that is filled into them."""
        named = {"pptx": self.slides, "docx": self.word}
        return {form: path for form, path in named.items() if path}
