"""Write files so that nobody finds half of one: beside the name, synced, then put in place.

A file of this program is its owner's alone (mode 0600) from its first byte on.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path

UNFINISHED = ".followup-"
"""The beginning of the names of files that are not in place yet."""


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a new file in the folder of `path`; it takes the place of `path` at the end.

    On any failure the new file is removed, and the one at `path` stays as it is. A place that is no
    file, such as a pipe, gets the content at the end. Raises OSError.
    """
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    special = place.exists() and not place.is_file()
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=None if special else place.parent)
    os.close(handle)
    new = Path(name)
    try:
        yield new
        if special:
            place.write_bytes(new.read_bytes())
        else:
            _put(new, place)
    finally:
        new.unlink(missing_ok=True)


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file, or leave what is there. Raises OSError."""
    with beside(path) as new:
        write_synced(new, content)


def write_new(path: Path, content: bytes) -> None:
    """Write a whole file where none is yet. Raises OSError, FileExistsError if there is one."""
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    os.close(handle)
    new = Path(name)
    try:
        write_synced(new, content)
        # A link takes no other file's place, whoever makes one at the same moment.
        path.hardlink_to(new)
        sync(path.parent)
    finally:
        new.unlink(missing_ok=True)


def write_synced(path: Path, content: bytes) -> None:
    """Write a file that `beside` gave, and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        # Some network shares cannot sync a folder.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def free_name(path: Path) -> Path:
    """Return `path`, or with a number in its name where there is such a file already."""
    others = (path.with_name(f"{path.stem}_{number:02}{path.suffix}") for number in count(2))
    return next(one for one in chain([path], others) if not os.path.lexists(one))


def _put(new: Path, place: Path) -> None:
    """Put a file in its place, for good."""
    sync(new)
    new.replace(place)
    # The file is in place and whole: that its name may not outlive a power cut is no failure.
    with suppress(OSError):
        sync(place.parent)


def trouble_with_folder(folder: Path) -> str:
    """Return why no file can be written to a folder; '' if one can.

    A folder that is missing is not created, because another account may run the bot: its nearest
    parent is tried.
    """
    place = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(b"tried")
            file.flush()
    except OSError as error:
        return error.strerror or "not writable"
    return ""
