"""Copies of the files outside the database: beside the copy of the database, in a folder of its name."""

import errno
import shutil
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from storage.database import Between, go_on
from storage.file_folder import names_in
from storage.files import UNFINISHED, beside, sync

ENDING = ".files"


def folder_beside(copy: Path) -> Path:
    """Return the folder with the files of a copy of a database."""
    return copy.with_name(copy.name + ENDING)


def copy_files(
    folder: Path, copy: Path, earlier: Path | None = None, between: Between = go_on
) -> int:
    """Copy all files of a folder beside a copy of the database; return how many.

    A file that an `earlier` copy has is not written again where the disk has links: a file never
    changes. The folder appears when it is whole; none appears if there is no file. Raises OSError.
    """
    return _copy_all(folder, copy, earlier and folder_beside(earlier), between)


def keep_files(folder: Path, database: Path) -> int:
    """Keep all files of a folder beside a database that was replaced; return how many.

    Where the disk has links they take no more room. Raises OSError.
    """
    return _copy_all(folder, database, folder, go_on)


def _copy_all(folder: Path, copy: Path, same: Path | None, between: Between) -> int:
    """Copy all files of a folder beside a database; those in the folder `same` are linked."""
    names = sorted(names_in(folder))
    if not names:
        return 0
    new = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=copy.parent))
    try:
        for name in names:
            between()
            with suppress(FileNotFoundError):  # removed meanwhile
                _copy(folder / name, new / name, same and same / name)
        sync(new)
        new.rename(folder_beside(copy))
    finally:
        shutil.rmtree(new, ignore_errors=True)
    sync(copy.parent)
    return len(names)


def put_files_back(copy: Path, folder: Path) -> int:
    """Put the files of a copy into the folder that lack there; return how many. Raises OSError."""
    kept = folder_beside(copy)
    lacking = names_in(kept) - names_in(folder)
    if lacking:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in sorted(lacking):
        _copy(kept / name, folder / name, None)
    return len(lacking)


def missing_files(folder: Path, shown: Collection[str]) -> int:
    """Return how many files that the database names are not in the folder. Raises OSError."""
    return len(set(shown) - names_in(folder)) if shown else 0


def remove_copy(copy: Path) -> None:
    """Remove a copy of a database with its files. Raises OSError."""
    copy.unlink()
    remove_files(copy)


def remove_files(copy: Path) -> None:
    """Remove the files of a copy of a database that is not there."""
    shutil.rmtree(folder_beside(copy), ignore_errors=True)


def _copy(file: Path, to: Path, same: Path | None) -> None:
    if same is not None and _linked(same, to):
        return
    with file.open("rb") as content, beside(to) as new, new.open("wb") as written:
        shutil.copyfileobj(content, written)


def _linked(same: Path, to: Path) -> bool:
    """Give a file of an earlier copy a second name; return False where that is not possible."""
    try:
        to.hardlink_to(same)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        return False
    return True
