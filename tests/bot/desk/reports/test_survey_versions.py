"""The results of surveys of administrations that readers outside get: who is told of is named."""

import json
from dataclasses import replace
from datetime import datetime

import pytest

from bot.desk.reports.choices import Wishes
from storage.database import Conflict
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CLOSED, CODE, FIRST, LATE, SECOND, Versions

WAVE = "FORENSICS"
SCOPE = f"{CODE}/{WAVE}"
HEADS = Wishes("rtc", survey=WAVE)


def answer(versions: Versions, place: str, **when: datetime) -> None:
    """An administration answers, perhaps later than the others, and lets Members read it."""
    who = versions.told.person(CODE, place, "contact_point")
    case = versions.told.answers(who, WAVE, structure="unit", readers="members")
    if at := when.get("at"):
        versions.told.set("cases", case, created_at=at)
        versions.told.set("enrolments", who, enrolled_at=at)
    versions.told.connection.commit()


def studied(versions: Versions) -> Versions:
    """Three administrations have answered, and the survey is over."""
    for place in PLACES[:3]:
        answer(versions, place)
    versions.close(WAVE, CLOSED)
    return versions


def told(versions: Versions) -> str:
    return str(json.loads(versions.report(FIRST, wishes=HEADS))["in_short"][0])


def test_an_administration_that_answers_late_is_in_the_next_version(versions: Versions) -> None:
    studied(versions).present(FIRST, scope=SCOPE)
    assert told(versions) == "Answers of 3 of the 3 administrations that were asked."
    answer(versions, PLACES[3], at=LATE)
    again = versions.present(SECOND, scope=SCOPE)
    assert again.report_status.version == 2
    assert told(versions) == "Answers of 4 of the 4 administrations that were asked."


def test_presenting_again_without_news_makes_no_version(versions: Versions) -> None:
    studied(versions).present(FIRST, scope=SCOPE)
    assert versions.present(SECOND, scope=SCOPE).report_status.version == 1


def test_groups_are_for_the_office_and_become_no_version(versions: Versions) -> None:
    studied(versions).present(FIRST, scope=SCOPE)
    with pytest.raises(Conflict, match="by group are for the office"):
        versions.report(FIRST, wishes=replace(HEADS, by="structure"))
    assert "by group" not in versions.report(FIRST, wishes=HEADS)
