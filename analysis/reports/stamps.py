"""What a report says about itself: who may read it, how far it is, until when it counts.

A version that was handed out keeps its figures; when its status or level changes, only the stamps
on it are others.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from analysis.facts.cut_offs import CutOffs
from analysis.measures.vocabulary import LEVELS, STATUSES, WAVES, labels
from analysis.model import Report
from analysis.reports.audiences import AUDIENCES, Wishes
from surveys.days import moment_text
from surveys.report_status import DRAFT
from surveys.wording import N_, Words, sentences

CONFIDENTIAL = N_("CONFIDENTIAL")
ONE_DONOR = N_("Only workshops of {donor}. This is not the report for the donor.")
MEMBERS = "good_practice"
"""The audience whose reports can also be made public."""
WORKING_COPY = N_("Working copy.")
MAY_BE_PUBLISHED = N_("May be published.")
NOT_PUBLIC = N_("Not for publication.")
"""What is said in place of a level where a report is prepared for one reader."""
FINAL = N_("This version is final. What comes later needs a new version.")


def foot(wishes: Wishes, whom: str, say: Words) -> str:
    """Return confidentiality and status, as printed on every page. `whom` is a name to print."""
    sentence = _readers(wishes, whom, say)
    filtered = bool(wishes.donor) and not wishes.outside
    part = (say(ONE_DONOR, donor=wishes.donor),) if filtered else ()
    return sentences((sentence, *part, *_stamp(wishes, say)))


def _readers(wishes: Wishes, whom: str, say: Words) -> str:
    """Return for whom a report is; nothing of one for Members that everybody may read."""
    if wishes.audience == MEMBERS and wishes.report_status.level == "public":
        return ""
    return say(AUDIENCES[wishes.audience].foot, whom=whom)


def _stamp(wishes: Wishes, say: Words) -> list[str]:
    """Return level, status and version in words. A copy of the office is no version."""
    status = wishes.report_status
    if not wishes.outside and wishes.fiscal_year is None:
        return [say(WORKING_COPY)]
    # The office's own statistics have small counts: their level is never wider than their sentence.
    parts = [say(one) for one in _level(wishes)]
    parts.append(say(STATUSES[status.status]))
    if status != replace(DRAFT, level=status.level):
        parts.append(say("Version {number}.", number=str(status.version)))
    return parts


def _level(wishes: Wishes) -> list[str]:
    """Return who may read a report besides those it is for, in the words of the program."""
    level, alone = wishes.report_status.level, wishes.audience == "member"
    if not wishes.outside or not (level or alone):
        return []
    if AUDIENCES[wishes.audience].whom and level in ("", "public"):
        return [MAY_BE_PUBLISHED if level else NOT_PUBLIC]
    return [LEVELS[level]]


def cover_stamps(wishes: Wishes, say: Words) -> tuple[tuple[str, str], ...]:
    """Return the rows of the first page on status, version and confidentiality."""
    status = wishes.report_status
    level = status.level if wishes.outside else "rocb"
    live = not wishes.outside and wishes.fiscal_year is None
    return (
        (say("Status"), say(WORKING_COPY if live else STATUSES[status.status])),
        (say("Version"), "" if live else str(status.version)),
        (say("Confidentiality"), say(LEVELS[level]) if level else ""),
    )


def mark(wishes: Wishes, say: Words) -> str:
    """Return the word of warning on every page of what is for the office alone; else ''."""
    return "" if wishes.outside else say(CONFIDENTIAL)


def frozen(wishes: Wishes, say: Words) -> tuple[str, ...]:
    """Return the sentence of a final version, else nothing."""
    live = not wishes.outside and wishes.fiscal_year is None
    return (say(FINAL),) if wishes.report_status.final and not live else ()


def restamped(report: Report, before: Wishes, after: Wishes, say: Words) -> Report:
    """Return the same figures with the status and level of other wishes on them.

    A version of an earlier program gets the words of the frame that it does not have yet.
    """
    sentence = report.footer.removesuffix(" ".join(_stamp(before, say))).rstrip()
    if after.audience == MEMBERS or AUDIENCES[after.audience].whom:
        sentence = _readers(after, _whom(report, after), say)
    return replace(
        report,
        footer=" ".join(filter(None, (sentence, *_stamp(after, say)))),
        cover=tuple(_restamped(report.cover, after, say)),
        labels={**labels(say), **report.labels},
        method=(*frozen(after, say), *(one for one in report.method if one != say(FINAL))),
    )


def _whom(report: Report, wishes: Wishes) -> str:
    """Return the name to print of a donor or an administration, which heads its own section."""
    own = (one.heading for one in report.sections if one.key == "own")
    return next(own, wishes.whom)


def _restamped(
    cover: Iterable[tuple[str, str]], after: Wishes, say: Words
) -> Iterable[tuple[str, str]]:
    """Yield the rows of the first page, those on status, version and confidentiality anew."""
    stamps = dict(cover_stamps(after, say))
    done = False
    for label, text in cover:
        if label not in stamps:
            yield label, text
        elif not done:
            done = True
            yield from ((name, told) for name, told in stamps.items() if told)


def waves_until(limits: CutOffs, say: Words) -> tuple[str, ...]:
    """Return until when each wave is counted, for those that stopped before the newest moment."""
    told = limits.waves or {}
    several = len({workshop for workshop, _ in told}) > 1
    earlier: dict[tuple[datetime, str], list[str]] = {}
    for (workshop, key), at in told.items():
        if at < limits.at:
            earlier.setdefault((at, key), []).extend([workshop] if several else [])
    return tuple(
        say(
            "{wave}: answers until {when} UTC.",
            wave=say.beside((say(WAVES.get(key, key)), *workshops)),
            when=_moment(at, say),
        )
        for (at, key), workshops in sorted(earlier.items())
    )


def _moment(at: datetime, say: Words) -> str:
    return moment_text(at.astimezone(UTC), say.language)
