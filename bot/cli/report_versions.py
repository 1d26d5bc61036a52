"""What `followup report status` and `followup report verify` say."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.wording.counts import counted
from bot.wording.days import moment_words

if TYPE_CHECKING:
    from bot.desk.reports.checking import Checked
    from bot.desk.reports.report_status import ScopeStatus


def sentences(stood: "ScopeStatus", wanted: str | None, zone: str) -> list[str]:
    """Return how far a report is, what others get of it, and what an act has not changed."""
    from bot.desk.reports.scopes import YEAR

    found = stood.report_status
    level = f", for {found.level}" if found.level else ""
    lines = [f"{stood.scope}: version {found.version}, {found.status}{level}."]
    if YEAR.fullmatch(stood.scope):
        lines.append(_of_year(found.cut_off if found.final else None, zone))
    if not found.published:
        lines.append(
            "Readers outside the office get no report yet: "
            f"`followup report status {stood.scope} presented` makes a version for them."
        )
        return lines
    lines.append(f"Readers outside the office get it as it is: {_waves(stood.waves, zone)}.")
    if found.final:
        later = f"`followup report status {stood.scope} draft` begins version {found.version + 1}."
        lines.append(f"It stays for ever. {later}")
    elif wanted == "presented" and not stood.changed:
        lines.append("Nothing new may be told yet: too few people have changed since.")
    return lines


def _of_year(cut_off: datetime | None, zone: str) -> str:
    if cut_off is None:
        return "The statistics of a year are for the office, with everything until now."
    return f"The statistics of a year are for the office. Figures until {moment_words(cut_off, zone)}."


def _waves(waves: Mapping[str, datetime], zone: str) -> str:
    """Return until when each wave is counted, at the latest."""
    together: dict[str, list[str]] = {}
    for wave, at in waves.items():
        together.setdefault(moment_words(at, zone), []).append(wave)
    told = [f"{', '.join(some)} until {moment}" for moment, some in together.items()]
    return f"answers of {'; '.join(told)}" if told else "no wave is over yet"


def told(scope: str, checked: Sequence["Checked"]) -> list[str]:
    """Return what was found about each file that was handed out."""
    if not checked:
        return [f"{scope}: nothing was handed out."]
    return [line for one in checked for line in _about(one)]


def _about(one: "Checked") -> list[str]:
    bytes_ = "the bytes are those that were stored" if one.intact else "the bytes were ALTERED"
    lines = [f"{one.name}: {bytes_}{_figures(one)}."]
    return lines + [f"  {place}: stored {was}, now {now}" for place, was, now in one.differences]


def _figures(one: "Checked") -> str:
    """Return whether the figures are still the same, and why they may not be."""
    if one.form != "json" or not one.intact:
        return ""
    if not one.differences:
        return "; the figures are the same today"
    people = f"{counted(one.erased, 'person was', 'people were')} erased since"
    why = (
        people
        if one.erased
        else "nobody was erased since; names, donors or lists may have changed"
    )
    differ = counted(len(one.differences), "text or figure differs", "texts or figures differ")
    return f"; {differ} today: {why}"
