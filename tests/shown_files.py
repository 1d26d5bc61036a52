"""Files for tests: small real ones of each kind, and some that are not what they seem."""

import io
import zipfile

from PIL import Image

KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PLACE = {1: "N", 2: (18.0, 8.0, 0.0), 3: "E", 4: (178.0, 25.0, 0.0)}
GPS, ORIENTATION = 34853, 274


def picture(form: str = "PNG", size: tuple[int, int] = (8, 4), *, place: bool = False) -> bytes:
    """A picture; with `place` one that a phone has turned, and marked with where it was taken."""
    exif = Image.Exif()
    if place:
        exif[ORIENTATION] = 6
        exif[GPS] = PLACE
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, form, exif=exif)
    return content.getvalue()


def word(*more: tuple[str, str], kinds: str = KINDS, main: str = "word/document.xml") -> bytes:
    """A Word document, with more parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        types = f'<Types><Override ContentType="{kinds}"/></Types>'
        for name, text in (("[Content_Types].xml", types), (main, "<w:document/>"), *more):
            parts.writestr(zipfile.ZipInfo(name), text)
    return content.getvalue()


def settings_with(target: str) -> tuple[str, str]:
    """The part of a Word document that names its template."""
    return (
        "word/_rels/settings.xml.rels",
        f'<R><Relationship Type="x/attachedTemplate" TargetMode="External" Target="{target}"/></R>',
    )
