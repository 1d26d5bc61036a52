"""What the ending of a file says about what is written to it."""

from collections.abc import Sequence
from pathlib import Path

import typer


def check_ending(file: Path, endings: Sequence[str], fix: str = "") -> str:
    """Return the ending of a file without its dot. BadParameter if it is none of those given."""
    ending = file.suffix.lower().removeprefix(".")
    if ending not in endings:
        named = f"ends with .{ending}" if ending else "has no ending"
        known = " or ".join(f".{one}" for one in endings)
        raise typer.BadParameter(" ".join(f"{file} {named}: name a {known} file. {fix}".split()))
    return ending


def form_of(form: str | None, file: Path | None, as_json: bool) -> str:
    """Return the form of a report: the one that was asked for, else that of the ending of its file.

    Raises BadParameter if the two contradict each other, or nothing says the form.
    """
    from bot.desk.reports.choices import forms, suffix

    if file is None:
        return form or ("json" if as_json else "txt")
    if form is None:
        endings = dict.fromkeys(suffix(one) for one in forms())
        ending = check_ending(file, tuple(endings), "Or say --format.")
        return next(one for one in forms() if suffix(one) == ending)
    if file.suffix:
        check_ending(file, (suffix(form),), f"--format {form} is written to one.")
    return form
