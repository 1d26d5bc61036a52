"""Reports for readers outside the office: made once for a version, stored, and the same ever after."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from analysis.reports.audiences import AUDIENCES, ONE_OR_ALL
from bot.desk.reports.choices import Wishes
from bot.desk.reports.good_practice import of_year
from bot.desk.reports.recommended import released_steps
from bot.desk.reports.report_status import check_level, check_published, get_status
from bot.desk.reports.scopes import (
    ALL,
    DONOR,
    YEAR,
    scope_of,
    survey_of,
    survey_scope,
    workshops_of,
)
from bot.desk.reports.versions import check_nobody_stands_out, counted_until
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.workshops import get_workshop
from storage.office.handed_out import lock_hand_outs, newest_told
from storage.office.report_status import presented_at
from storage.office.report_versions import (
    FIGURES,
    TOLD,
    Edition,
    figures_of,
    files_of,
    keep_files,
)
from surveys.days import span_text
from surveys.report_status import ReportStatus
from surveys.wording import ENGLISH

if TYPE_CHECKING:
    from analysis.facts.cut_offs import CutOffs
    from analysis.model import Report

TRAINER = "trainer"
NO_GROUPS = (
    "Answers by group are for the office: a version has one form for all its readers. "
    "Leave out --by, or write the result for the office."
)
ALTERED = (
    "{scope}: a stored file of version {version} was altered, so it is not handed out. "
    "`followup report verify {scope}` names it."
)


def handed_out(
    database: Database,
    office: Office,
    codes: Sequence[str],
    forms: Sequence[str],
    now: datetime,
    wishes: Wishes,
) -> Mapping[str, bytes]:
    """Return the files of a published version; those that are new are stored before.

    Raise Conflict for a draft, and for what is not open to its audience.
    """
    if wishes.by:
        raise Conflict(NO_GROUPS)
    if wishes.audience == TRAINER:
        database.read(check_for_trainers, codes, wishes, office.day_of(now))
    while True:
        made = database.read(made_files, office, codes, forms, wishes)
        kept = database.run(keep_made, made, office.acting, now) if made.new else {}
        if kept is not None:
            found = {**made.kept, **kept}
            return {form: found[form] for form in forms}


@dataclass(frozen=True)
class MadeFiles:
    """The files of an edition that are `kept`, and the `new` ones beside the reports `seen` so far."""

    edition: Edition
    kept: Mapping[str, bytes]
    new: Mapping[str, bytes]
    seen: int


def keep_made(
    connection: Connection, made: MadeFiles, by: str, at: datetime
) -> Mapping[str, bytes] | None:
    """Store new files; None if another report has been handed out that they do not know."""
    if TOLD in made.new:
        lock_hand_outs(connection)
        if newest_told(connection) != made.seen:
            return None
    return keep_files(connection, made.edition, made.new, by, at)


def check_for_trainers(
    connection: Connection, codes: Sequence[str], wishes: Wishes, today: date
) -> None:
    """Raise Conflict for what is no survey, and after the last day of the workshop."""
    if not wishes.survey:
        raise Conflict(
            "Trainers get what people need from a workshop: "
            "`followup report survey CODE PRE --audience trainer`."
        )
    workshop = get_workshop(connection, codes[0])
    last = workshop.ends_on
    if today > last:
        raise Conflict(
            f"{workshop.code} ended on {span_text(last, last, ENGLISH)}, and the copy for its trainers "
            f"with it. `followup report {workshop.code}` is the report."
        )


def made_files(
    connection: Connection,
    office: Office,
    codes: Sequence[str],
    forms: Sequence[str],
    wishes: Wishes,
) -> MadeFiles:
    """Return the files of an edition in some forms, and those that are to be stored beside them."""
    from analysis.formats import render

    seen = newest_told(connection)
    edition, status = edition_of(connection, codes, wishes)
    found = _kept(connection, edition, forms)
    if len(found) == len(set(forms)):
        return MadeFiles(edition, found, {}, seen)
    new = figures_of(connection, edition) is None
    report = report_of_edition(connection, edition, replace(wishes, report_status=status))
    wanted = {*forms, FIGURES} - files_of(connection, edition).keys()
    made = {form: render(report, form, office.templates) for form in sorted(wanted)}
    # A result of a survey tells nothing that other reports have to know.
    told = {TOLD: json.dumps(report.told, ensure_ascii=False).encode()} if new else {}
    return MadeFiles(edition, found, made | told, seen)


def kept_files(
    connection: Connection, codes: Sequence[str], forms: Sequence[str], wishes: Wishes
) -> dict[str, bytes] | None:
    """Return the stored files of the published version; None if one of them is not stored.

    Raise Conflict where nothing is handed out.
    """
    found = _kept(connection, edition_of(connection, codes, wishes)[0], forms)
    return found if len(found) == len(set(forms)) else None


def _kept(connection: Connection, edition: Edition, forms: Sequence[str]) -> dict[str, bytes]:
    """Return those of some files that are stored. Raise Conflict for one that was altered."""
    stored = files_of(connection, edition)
    if not all(stored[form].intact for form in forms if form in stored):
        raise Conflict(ALTERED.format(scope=edition.scope, version=edition.version))
    return {form: stored[form].content for form in forms if form in stored}


def edition_of(
    connection: Connection, codes: Sequence[str], wishes: Wishes
) -> tuple[Edition, ReportStatus]:
    """Return the published version that an audience gets, with its status."""
    for code in codes:
        get_workshop(connection, code)
    donor = wishes.whom if AUDIENCES[wishes.audience].whom == "donor" else wishes.donor
    scope = scope_of(codes, donor, wishes.fiscal_year)
    if wishes.survey:
        scope = survey_scope(codes[0], wishes.survey)
    if not scope:
        raise Conflict(ONE_OR_ALL)
    found = get_status(connection, scope)
    check_published(found, wishes.audience)
    check_level(found, wishes.audience)
    status = found.report_status
    who = (wishes.audience, wishes.whom, wishes.language)
    return Edition(scope, status.version, status.status, status.level, *who), status


def report_of_edition(connection: Connection, edition: Edition, wishes: Wishes) -> Report:
    """Return the report of an edition: its stored figures, made now if there are none yet."""
    from analysis.formats.json import report_of
    from analysis.reports.stamps import restamped
    from analysis.wording import ReportWords

    stored = figures_of(connection, edition)
    if stored is None:
        limits = counted_until(connection, edition.scope, wishes.report_status)
        check_nobody_stands_out(connection, edition, limits)
        return counted(connection, edition, limits, wishes)
    before = replace(
        wishes.report_status, status=stored.edition.status, level=stored.edition.level
    )
    return restamped(
        report_of(stored.content),
        replace(wishes, report_status=before),
        wishes,
        ReportWords(wishes.language),
    )


def computed(connection: Connection, edition: Edition, wishes: Wishes, before: int) -> Report:
    """Return the report of an edition from the answers, with the cut-offs of its version.

    Beside it are the reports that readers had `before` a stored file was made.
    """
    limits = counted_until(connection, edition.scope, wishes.report_status, before)
    return counted(connection, edition, limits, wishes)


def counted(connection: Connection, edition: Edition, limits: CutOffs, wishes: Wishes) -> Report:
    """Return the report of an edition from the answers until some moments."""
    from analysis.reports.survey import build_survey
    from analysis.reports.workshops import build

    if YEAR.fullmatch(edition.scope):
        return of_year(connection, edition, limits, wishes)
    if wave := survey_of(edition.scope):
        code = workshops_of(connection, edition.scope)[0]
        return build_survey(connection, code, limits, replace(wishes, survey=wave))
    several = edition.scope == ALL or edition.scope.startswith(DONOR)
    at = presented_at(connection, edition.scope, edition.version)
    wishes = replace(wishes, steps=released_steps(connection, edition.scope, at))
    return build(connection, None if several else [edition.scope], limits, wishes)
