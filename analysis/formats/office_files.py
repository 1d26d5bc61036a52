"""Word and Excel files without the traces of the programs that made them."""

import zipfile
from io import BytesIO

PROPERTIES = "docProps/app.xml"
_NOTHING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"></Properties>'
)
_SAME_DAY = (1980, 1, 1, 0, 0, 0)


def without_traces(content: bytes) -> bytes:
    """Return the same file without the name of a program, and with one date on all its parts.

    The same report so gives the same bytes.
    """
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _SAME_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, _NOTHING if name == PROPERTIES else old.read(name))
    return made.getvalue()
