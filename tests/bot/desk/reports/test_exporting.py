"""Data for readers outside the office have the cut-offs of the published version."""

import io
import json
import zipfile

import pytest

from bot.desk.reports.exporting import export
from bot.desk.reports.report_status import set_status
from storage.database import Conflict
from storage.erasure.erasing import erase
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CLOSED, CODE, FIRST, LATE, OFFICE, SECOND, Versions


def viewers(versions: Versions, codes: tuple[str, ...] = (CODE,)) -> bytes:
    return export(versions.database, OFFICE, codes, SECOND, "viewer")


def part(made: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(made)).read(name).decode()


def test_a_draft_has_no_data_for_readers_outside(versions: Versions) -> None:
    with pytest.raises(Conflict, match="is a draft, so there is none for viewer yet"):
        viewers(versions)
    set_status(versions.database, OFFICE, CODE, ("presented", "rocb"), FIRST)
    with pytest.raises(Conflict, match="this report is for rocb only"):
        viewers(versions)
    with pytest.raises(Conflict, match="Name one workshop, or none"):
        viewers(versions, (CODE, CODE))


def test_what_came_or_changed_after_the_cut_off_of_a_wave_is_in_no_data_for_outside(
    on_both: Versions,
) -> None:
    on_both.officers(PLACES[:12], "M3", "regular")
    on_both.present(FIRST)
    before = viewers(on_both)
    on_both.change(PLACES[:3])
    person = on_both.told.person(CODE, PLACES[0])
    case = on_both.told.answers(person, "M6", use_1="regular")
    on_both.told.set("cases", case, created_at=LATE)
    on_both.told.set("enrolments", person, enrolled_at=LATE)
    on_both.told.connection.commit()
    assert viewers(on_both) == before
    assert [one["wave"] for one in json.loads(part(before, "manifest.json"))["waves"]] == ["M6"]
    assert "M3" not in part(before, "csv_plain/cases.csv")
    at_home = export(on_both.database, OFFICE, [CODE], SECOND)
    assert "M3" in part(at_home, "csv_plain/cases.csv")


def test_a_wave_that_goes_on_counts_anew_after_the_next_version(versions: Versions) -> None:
    versions.present(FIRST)
    before = viewers(versions)
    versions.change(PLACES[:8])
    assert viewers(versions) == before
    assert versions.present(SECOND).report_status.version == 2
    assert viewers(versions) != before


def test_an_answer_that_was_cleared_later_is_still_in_the_data_of_the_version(
    versions: Versions,
) -> None:
    versions.officers(PLACES[:12], "M3")
    versions.close("M3", CLOSED)
    versions.present(FIRST)
    before = viewers(versions)
    versions.told.clears(versions.cases[PLACES[0], "M6"], "use_1", LATE)
    versions.told.connection.commit()
    assert viewers(versions) == before


def test_data_without_one_erased_person_are_not_made_beside_those_that_have_it(
    versions: Versions,
) -> None:
    versions.present(FIRST)
    viewers(versions)
    versions.database.run(erase, versions.people[PLACES[0]], LATE, keep_answers=False)
    with pytest.raises(Conflict, match="1 person had their answers deleted"):
        viewers(versions)
