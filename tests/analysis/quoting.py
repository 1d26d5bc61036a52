"""A story of people who write in their own words, and the texts of files that are searched for them."""

import io
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.analysis.builder import PLACES, Story

SAID = tuple(f"We wrote rule {word}" for word in ("one", "two", "three", "four", "five", "six"))


def told(
    texts: Sequence[str] = SAID,
    places: Sequence[str] = PLACES,
    url: str = "sqlite://",
    quote: str = "anonymous",
) -> tuple[Story, list[int]]:
    """People of a workshop who gave these examples after three months and may be quoted; their cases."""
    story = Story(url).workshop("TFA")
    cases = [
        story.answers(
            story.person("TFA", places[number]), "M3", job="same", example=text, quote=quote
        )
        for number, text in enumerate(texts)
    ]
    return story, cases


def everything_in(content: bytes, folder: Path) -> bytes:
    """Return the bytes of a file with all that is packed in it, and the text of a PDF."""
    if content.startswith(b"%PDF"):
        (folder / "made.pdf").write_bytes(content)
        read = ["pdftotext", str(folder / "made.pdf"), "-"]
        return content + subprocess.run(read, capture_output=True, check=True).stdout
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(name) for name in packed.namelist()]
        return content + b"".join(everything_in(part, folder) for part in parts)
    return content
