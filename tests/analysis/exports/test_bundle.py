"""The bundle as a whole: what is in it, that its counts reconcile, and that it names nobody."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from analysis.exports.audience import Audience
from analysis.measures.outcomes import wave_outcomes
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.exports.opening import opened, pin, questionnaire, text_item, told_with
from tests.analysis.large import a_whole_year

NAMES_OF_PEOPLE = ("codes", "addresses", "participants")


@pytest.fixture(scope="module")
def year() -> Story:
    return a_whole_year()


@pytest.mark.parametrize("audience", list(Audience))
def test_the_same_facts_and_cut_off_give_the_same_bytes(year: Story, audience: Audience) -> None:
    assert opened(year, audience=audience) == opened(year, audience=audience)


def test_the_manifest_names_every_file_with_its_checksum_and_rows(year: Story) -> None:
    bundle = opened(year)
    listed = {file["name"]: file for file in bundle.manifest["files"]}
    assert [*listed] == bundle.names[1:]
    for name, file in listed.items():
        assert file["sha256"] == hashlib.sha256(bundle.read(name)).hexdigest()
        assert file["bytes"] == len(bundle.read(name))
        if name.endswith(".csv"):
            folder, table = name.removesuffix(".csv").split("/")
            assert file["rows"] == len(bundle.rows(table, folder))


def test_the_counts_are_those_of_the_database(year: Story) -> None:
    def count(query: str) -> int:
        return int(year.connection.execute(text(query)).scalar_one())

    bundle = opened(year)
    answers, cases = count("select count(*) from answers"), count("select count(*) from cases")
    told = bundle.manifest["answers"]
    assert (told["in_database"], told["in_bundle"]) == (answers, answers)
    assert len(bundle.rows("long")) == answers
    assert len(bundle.rows("cases")) == bundle.manifest["cases"]["in_database"] == cases
    for pinned in bundle.manifest["questionnaires"]:
        sent = count(
            "select count(*) from cases join waves on waves.id = wave_id "
            f"where questionnaire_key = '{pinned['key']}'"
        )
        assert pinned["version"] == 1
        assert len(bundle.rows(f"wide_{pinned['key']}")) == pinned["cases"] == sent


def test_answers_of_somebody_who_declined_later_are_left_out_and_counted() -> None:
    told = told_with()
    ada, ben = told.person("TFA", "FJ"), told.person("TFA", "TO")
    for person in (ada, ben):
        told.answers(person, "M6", use="agree", people="3")
    told.set("enrolments", ben, refused_at=CUT_OFF)
    bundle = opened(told)
    assert len(bundle.rows("long")) == 2
    assert bundle.manifest["answers"] == {
        "in_database": 4,
        "in_bundle": 2,
        "left_out": {"declined": 2},
        "with_unknown_codes": 0,
    }
    assert len(bundle.rows("cases")) == 2


def test_removed_people_and_waves_that_were_put_back_are_in_no_count() -> None:
    told = told_with()
    ada, ben = told.person("TFA", "FJ"), told.person("TFA", "TO")
    for person in (ada, ben):
        told.answers(person, "M6", use="agree", people="3")
    told.set("enrolments", ben, removed_at=CUT_OFF)
    bundle = opened(told)
    assert (len(bundle.rows("cases")), bundle.manifest["answers"]["in_database"]) == (1, 2)
    told.connection.execute(text("update waves set opened_at = null"))
    bundle = opened(told)
    assert (bundle.manifest["cases"]["in_database"], len(bundle.rows("long"))) == (0, 0)


def test_a_code_that_no_questionnaire_has_is_kept_and_counted() -> None:
    told = told_with()
    told.answers(told.person("TFA", "FJ"), "M6", use="from_elsewhere")
    bundle = opened(told)
    assert bundle.value("use") == "from_elsewhere"
    assert bundle.manifest["answers"]["with_unknown_codes"] == 1


def test_facts_after_the_cut_off_are_not_in_it() -> None:
    told = Story().workshop("TFA")
    ada = told.person("TFA", "FJ")
    for wave in ("M3", "M6"):
        told.answers(ada, wave, job="same")
    bundle = opened(told, cut_off=datetime(2018, 2, 20, tzinfo=UTC))
    assert [row["wave"] for row in bundle.rows("cases")] == ["M3"]
    assert bundle.rows("cases")[0]["disposition"] == "complete"
    assert bundle.manifest["answers"]["in_database"] == len(bundle.rows("long")) == 1


def test_a_cut_off_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        opened(Story(), cut_off=datetime(2018, 2, 20))  # noqa: DTZ001


def test_nothing_at_all_can_be_exported() -> None:
    bundle = opened(Story())
    assert bundle.rows("long") == bundle.rows("cases") == []
    assert bundle.workbook.sheetnames[0] == "Index"


def test_only_the_chosen_workshops_are_in_it() -> None:
    told = Story().workshop("TFA").workshop("AEO", "Authorised operators")
    for code in ("TFA", "AEO"):
        told.answers(told.person(code, "FJ"), "M6", job="same")
    bundle = opened(told, "AEO")
    assert {row["workshop"] for row in bundle.rows("long")} == {"AEO"}
    assert [one["title"] for one in bundle.manifest["workshops"]] == ["Authorised operators"]


def test_it_runs_without_the_tables_of_names_and_addresses() -> None:
    told = a_whole_year()
    before = opened(told)
    for table in NAMES_OF_PEOPLE:
        told.connection.execute(text(f"drop table {table}"))
    assert opened(told) == before
    everything = b"".join(before.read(name) for name in before.names)
    assert b"A. Name" not in everything


def test_x12_people_who_never_answered_have_six_different_final_states() -> None:
    told = Story().workshop("TFA")
    done, half, blocked, deleted, silent, stopped = (told.person("TFA", "FJ") for _ in range(6))
    told.answers(done, "M6", job="same")
    told.case(half, "M6", answered=6, disposition="partial", closed_at=CUT_OFF)
    told.blocked(blocked, "M6")
    told.case(
        deleted,
        "M6",
        ("failed",),
        disposition="non_contact",
        disposition_detail="deleted",
        closed_at=CUT_OFF,
    )
    told.silent(silent, "M6")
    told.set("enrolments", stopped, withdrawn_at=datetime(2018, 5, 11, tzinfo=UTC))
    told.case(stopped, "M6")
    rows = opened(told).rows("cases")
    states = [(row["disposition"], row["disposition_detail"]) for row in rows]
    assert sorted(states) == [
        ("complete", ""),
        ("non_contact", "blocked"),
        ("non_contact", "deleted"),
        ("partial", ""),
        ("refusal", "stopped"),
        ("unknown", "silent"),
    ]
    reading = told.reading()
    (wave,) = [w for w in wave_outcomes(reading.frames, reading.cases) if w.wave == "M6"]
    for disposition, number in wave.dispositions:
        assert number == sum(row["disposition"] == disposition for row in rows)
    assert len(opened(told).rows("wide_M6")) == 6


def test_t09_an_empty_start_and_a_partial_interview_are_no_complete_ones() -> None:
    told = Story()
    for code in ("A", "B", "C"):
        told.workshop(code)
    first = told.person("A", "FJ")
    second, third = (told.person(code, "FJ", same_as=first) for code in ("B", "C"))
    told.case(first, "M6", started_at=CUT_OFF)
    told.broke_off(second, "M6", job="same")
    told.answers(third, "M6", job="same")
    rows = opened(told).rows("cases")
    assert len({row["participant"] for row in rows}) == 1
    assert [row["disposition"] for row in rows] == ["open", "break_off", "complete"]


def test_t10_ids_of_two_workshops_never_merge_two_people_nor_split_one() -> None:
    told = Story().workshop("TFA").workshop("AEO")
    first = [told.person("TFA", "FJ") for _ in range(5)]
    second = [told.person("AEO", "TO") for _ in range(5)]
    both = told.person("AEO", "FJ", same_as=first[0])
    for person in (*first, *second, both):
        told.answers(person, "M6", job="same")
    rows = opened(told).rows("wide_M6")
    assert len(rows) == len({row["case:code"] for row in rows}) == 11
    assert len({row["case:participant"] for row in rows}) == 10


def test_another_bundle_has_other_codes_for_the_same_people() -> None:
    told = Story().workshop("TFA")
    told.answers(told.person("TFA", "FJ"), "M6", job="same")
    before = opened(told).rows("cases")[0]["participant"]
    told.answers(told.person("TFA", "TO"), "M6", job="same")
    assert before not in {row["participant"] for row in opened(told).rows("cases")}


def test_x05_x06_file_and_sheet_names_are_short_and_the_index_has_the_full_titles() -> None:
    thai = "การ" * 38 + "/" + "การ" * 38
    titles = ["AEO/MRA: part 1", "[draft]", "'quoted'", "History", "", thai]
    told = Story()
    for number, title in enumerate(titles):
        told.workshop(f"W{number}", title)
        told.answers(told.person(f"W{number}", "FJ"), "M6", job="same")
    bundle = opened(told)
    assert all(len(name.encode()) <= 40 and name.isascii() for name in bundle.names)
    index = [[cell.value for cell in row] for row in bundle.workbook["Index"]]
    assert [row[2] or "" for row in index if row[0] == "workshop"] == titles


def test_f06_two_versions_share_one_table_by_code_and_say_what_was_not_in_a_version() -> None:
    told = told_with(text_item("old"), text_item("kept"))
    told.workshop("AEO")
    told.answers(told.person("TFA", "FJ"), "M6", old="a", kept="b")
    pin(told, "AEO", questionnaire(text_item("kept"), text_item("new"), version=2))
    told.answers(told.person("AEO", "FJ"), "M6", kept="c", new="d")
    rows = {row["case:workshop"]: row for row in opened(told).rows("wide_M6")}
    assert [*rows["TFA"]][-3:] == ["kept", "new", "old"]
    assert rows["TFA"]["new"] == rows["AEO"]["old"] == "(not in this version)"
    assert (rows["TFA"]["old"], rows["AEO"]["new"]) == ("a", "d")


def test_importing_the_package_loads_nothing_heavy() -> None:
    probe = "import sys, analysis.exports, bot.desk.reports.reporting; print(*sys.modules)"
    made = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert not {"pandas", "xlsxwriter", "pyreadstat"} & set(made.stdout.split())
