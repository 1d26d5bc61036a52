"""Every command: what it says to people, and that `--json` gives the same as data."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from bot.cli import COMMANDS, read_command
from tests.cli.conftest import CODE, PEOPLE, WORKSHOPS, Spawn, Terminal

LISTINGS = [
    ("workshop", "list"),
    ("workshop", "show", CODE),
    ("workshop", "show", CODE, "--calendar"),
    ("participants", "list", CODE),
    ("participants", "codes", CODE),
    ("wave", "list", CODE),
    ("wave", "preview", CODE, "M6"),
    ("questionnaire", "list"),
    ("questionnaire", "show", "M6"),
    ("check", "--offline"),
    ("report", CODE),
]
RESULTS = [
    ("workshop", "move", CODE, "--ends", "2017-12-15"),
    ("workshop", "confirm", CODE),
    ("workshop", "cancel", CODE),
    ("workshop", "restore", CODE),
    ("wave", "open", CODE, "M6"),
    ("wave", "open", CODE, "M6"),
    ("wave", "progress", CODE, "M6"),
    ("wave", "hold", CODE, "M6"),
    ("wave", "release", CODE, "M6"),
    ("wave", "close", CODE, "M6", "--yes"),
    ("wave", "reopen", CODE, "M6"),
    ("backup", "copy.sqlite3"),
    ("report", CODE, "--format", "xlsx", "--out", "report.xlsx"),
]


@pytest.mark.parametrize("words", LISTINGS, ids=" ".join)
def test_every_listing_reads_well_and_has_its_data(
    office: Terminal, words: tuple[str, ...]
) -> None:
    text = office.says(*words)
    assert text.strip()
    assert not text.lstrip().startswith(("{", "[{"))
    assert office.data(*words)


def test_every_result_has_its_data_too(office: Terminal) -> None:
    for words in RESULTS:
        assert office.data(*words), words


def test_a_first_day_at_the_office(terminal: Terminal) -> None:
    terminal.write("workshops.csv", WORKSHOPS)
    terminal.write("people.csv", PEOPLE)
    terminal.makes_database()
    assert "There are no workshops yet" in terminal.says("workshop", "list")
    again = terminal.type("workshop", "import", "workshops.csv")
    assert again.out.startswith("Workshops: 7 new.\n")
    assert again.err == ""
    assert "IPR-OC-2017" in terminal.says("workshop", "list")
    assert "Nobody is enrolled yet" in terminal.says("participants", "list", CODE)
    assert "Nobody is waiting for a code" in terminal.says("participants", "codes", CODE)
    said = terminal.says("participants", "import", CODE, "people.csv", "--dry-run")
    clear_due = "Only looked, nothing was changed. People: 3 new.\n"
    assert said == f"{clear_due}Heading in row 1: 3 rows read.\n"
    said = terminal.says("participants", "import", CODE, "people.csv")
    assert said.startswith("People: 3 new.\n")
    assert f"followup participants codes {CODE}" in said
    said = terminal.says("participants", "import", CODE, "people.csv")
    assert said.startswith("Same as saved today, ")


def test_c04_codes_are_links_where_the_name_of_the_bot_is_known(office: Terminal) -> None:
    plain = office.data("participants", "codes", CODE)
    assert [one["name"] for one in plain] == ["Ada Vea", "Ben Qalo", "Chi Lan"]
    assert all(not one["link"] and len(one["code"]) == 26 for one in plain)
    said = office.says("participants", "codes", CODE)
    assert "telegram.bot_name" in said
    assert said.endswith("\n3 codes are the same as before.\n")
    office.write("config.yaml", "telegram: {bot_name: customs_followup_bot}")
    linked = office.data("participants", "codes", CODE)
    for one in linked:
        assert one["link"] == f"https://t.me/customs_followup_bot?start={one['code']}"
    assert "https://t.me/customs_followup_bot?start=" in office.says("participants", "codes", CODE)


def test_codes_are_written_to_a_file_that_only_its_owner_can_read(office: Terminal) -> None:
    said = office.says("participants", "codes", CODE, "--out", "codes.csv")
    assert said == "3 codes written to codes.csv. Keep the file private.\n"
    path = office.folder / "codes.csv"
    assert path.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["Ada Vea", "Ben Qalo", "Chi Lan"]


def test_codes_are_drawn_as_strips_eight_a_page(office: Terminal) -> None:
    office.write("config.yaml", "telegram: {bot_name: customs_followup_bot}")
    people = "".join(f"Person {number},FJ,\n" for number in range(6))
    office.write("more.csv", f"name,administration,email\n{people}")
    office.says("participants", "import", CODE, "more.csv")
    said = office.says("participants", "codes", CODE, "--out", "codes.pdf")
    assert said == "9 codes written to codes.pdf. Keep the file private.\n"
    path = office.folder / "codes.pdf"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().startswith(b"%PDF")
    assert b"/Type/Pages/Count 2" in path.read_bytes()


def test_a_workshop_shows_how_far_its_people_are_with_the_elearning(office: Terminal) -> None:
    assert "e-learning" not in office.says("workshop", "show", CODE)
    office.write("status.csv", "name,administration,e-learning\nAda Vea,TO,done\nChi Lan,VU,60%\n")
    assert office.data("participants", "import", CODE, "status.csv")["changed"] == 2
    said = office.says("workshop", "show", CODE)
    assert "e-learning before the workshop: 1 done, 1 in progress, 1 not known." in said


def test_a_room_code_is_made_for_a_day_of_the_host_and_ended(office: Terminal) -> None:
    office.write("config.yaml", "telegram: {bot_name: rocb_followup_bot}")
    made = office.data("workshop", "room", CODE, "--on", "2099-12-08")
    assert made["link"] == f"https://t.me/rocb_followup_bot?start={made['code']}"
    assert (made["day"], made["zone"]) == ("2099-12-08", "Pacific/Fiji")
    assert "does not work any more" in office.says("workshop", "room", CODE, "--end")
    assert "Nothing was changed" in office.says("workshop", "room", CODE, "--end")
    assert "is over" in office.refuses("workshop", "room", CODE, "--on", "2017-12-08")
    log = office.says("audit")
    assert f"{CODE} on 2099-12-08" in log
    assert made["code"] not in log


def test_who_joins_an_office_without_a_bot_is_told_the_way_to_the_desk(office: Terminal) -> None:
    office.write("config.yaml", "web: {public_url: 'https://followup.example.org'}")
    said = office.says("staff", "add", "manager", "--name", "Max")
    assert "There is no bot yet: `followup staff link S-" in said
    assert "no bot" not in office.says("staff", "list")


def test_staff_are_added_listed_and_removed_and_the_log_says_by_whom(office: Terminal) -> None:
    assert "followup staff add administrator" in office.says("staff", "list")
    said = office.says("staff", "add", "manager", "--name", "Max", "--workshop", CODE)
    assert "/start " in said
    line = next(line for line in office.says("staff", "list").splitlines() if "Max" in line)
    assert line.split()[1:4] == ["Max", "manager", CODE]
    assert "NOWHERE" in office.refuses("staff", "add", "manager", "--workshop", "NOWHERE")
    assert "has no access any more" in office.says("staff", "remove", line.split()[0])
    assert "Nothing was changed" in office.says("staff", "remove", line.split()[0])
    acts = [(one["who"], one["act"], one["about"]) for one in office.data("audit")][-2:]
    assert [act for _, act, _ in acts] == ["staff added", "staff removed"]
    assert all(who.startswith("command line (") for who, _, _ in acts)
    assert not any("Max" in about for _, _, about in acts)
    assert office.data("audit", "--since", "2999-01-01T00:00Z") == []
    assert "is not a day" in office.refuses("audit", "--since", "some day")


def test_an_address_of_staff_is_set_and_put_back_with_the_command_that_it_names(
    office: Terminal,
) -> None:
    max_ = office.data("staff", "add", "manager", "--name", "Max")["code"]
    said, undo = office.says("staff", "email", max_, "Max@Example.org").splitlines()
    assert said == f"{max_} can ask for letters to sign in with this address."
    assert office.data("staff", "list")[0]["e-mail"] == "max@example.org"
    assert "Nothing was changed" in office.says("staff", "email", max_, "max@example.org")
    assert "not an e-mail address" in office.refuses("staff", "email", max_, "max")
    typed = undo.removeprefix("Undo: `followup ").removesuffix("`")
    assert "gets no letters to sign in any more" in office.says(*typed.split())
    assert office.data("staff", "list")[0]["e-mail"] == "-"
    office.says("staff", "remove", max_)
    assert "was removed" in office.refuses("staff", "email", max_, "max@example.org")


def test_a_move_before_the_import_changes_nothing_and_says_what_to_do(office: Terminal) -> None:
    ada = office.data("participants", "list", CODE)[0]["participant"]
    said = office.says("participant", "move", ada, "TO", "--from", "2018-03-01")
    assert said.startswith(f"Nothing was changed: {ada} was in no list yet on Thu 1 March 2018.")
    assert "correct it there and import it again" in said
    said = office.says("participant", "move", ada, "TO")
    assert said.endswith("; 1 enrolment follows its clock.\n")


def test_people_get_links_to_the_page_where_there_is_one(office: Terminal) -> None:
    person = office.data("participants", "list", CODE)[0]["participant"]
    assert "web.public_url" in office.refuses("participants", "link", CODE, person)
    office.write("config.yaml", "web: {public_url: 'https://followup.example.org'}\n")
    given = office.data("participants", "codes", CODE)
    assert all(one["page"].startswith("https://followup.example.org/q/") for one in given)
    assert "https://followup.example.org/q/" in office.says("participants", "codes", CODE)
    link = office.data("participants", "link", CODE, person)["link"]
    assert link not in [one["page"] for one in given]
    assert "not enrolled" in office.refuses("participants", "link", CODE, "P-NOBODY")


def test_a_preview_says_who_is_left_out_and_why(office: Terminal) -> None:
    office.says("workshop", "move", CODE, "--ends", "2029-12-07")
    said = office.says("wave", "preview", CODE, "m6")
    assert "3 people, 3 administrations" in said
    line = next(line for line in said.splitlines() if "Ada Vea" in line)
    assert "not sent" in line
    assert "cannot be reached" in line


def test_d04_opening_a_wave_twice_says_so_and_changes_nothing(office: Terminal) -> None:
    assert "3 people" in office.says("wave", "open", CODE, "M6")
    before = office.data("wave", "list", CODE)
    assert "was already opened on" in office.says("wave", "open", CODE, "M6")
    assert office.data("wave", "list", CODE) == before


def test_the_keys_of_waves_in_json_stay_what_scripts_of_offices_read(office: Terminal) -> None:
    opened = office.data("wave", "open", CODE, "M6")
    assert {"wave", "cases", "already"} <= set(opened)
    for change in (opened, *(office.data("wave", act, CODE, "M6") for act in ("hold", "release"))):
        assert change["wave"]["half_way_told_at"] is None
        assert "midpoint_told_at" not in change["wave"]
    keys = {"key", "role", "opens_on", "closes_on", "state", "cases", "troubles"}
    assert set(office.data("wave", "list", CODE)[0]) == keys
    assert set(office.data("workshop", "show", CODE)["waves"][0]) == keys
    numbers = {"cases", "invited", "started", "completed", "not_reached", "set_aside"}
    numbers |= {"uninvited", "not_asked", "not_eligible"}
    names = {"workshop_code", "key", "state", "troubles", "languages", "counted"}
    assert set(office.data("wave", "progress", CODE, "M6")) == numbers | names


@pytest.mark.parametrize(
    ("form", "begins"),
    [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("xlsx", b"PK"), ("json", b"{"), ("txt", b"")],
)
def test_a_report_is_written_in_each_form(office: Terminal, form: str, begins: bytes) -> None:
    name = f"report-confidential.{form}"
    assert office.says("report", CODE, "--format", form, "--out", name) == f"Written: {name}\n"
    content = (office.folder / name).read_bytes()
    assert content.startswith(begins)
    assert content
    if form == "xlsx":
        assert zipfile.is_zipfile(office.folder / name)


def test_a_questionnaire_is_printed_as_a_form_in_each_language(office: Terminal) -> None:
    for language in ("en", "Français", "th", "fa"):
        words = ("--lang", language, "--workshop", CODE, "--out", "form.pdf")
        assert office.says("questionnaire", "paper", "M6", *words) == "Written: form.pdf\n"
        assert (office.folder / "form.pdf").read_bytes().startswith(b"%PDF")
    refused = office.refuses("questionnaire", "paper", "M6", "--lang", "tlh", "--out", "form.pdf")
    assert "fr (français)" in refused


def test_a_backup_can_be_used_in_place_of_the_database(office: Terminal) -> None:
    assert office.says("backup", "copy.sqlite3") == "Written: copy.sqlite3\n"
    office.write("other.yaml", "database: sqlite:///copy.sqlite3")
    assert office.data("workshop", "list", "-c", "other.yaml") == office.data("workshop", "list")
    assert "exists already" in office.refuses("backup", "copy.sqlite3")


def test_a_published_questionnaire_gets_the_next_version_once(office: Terminal) -> None:
    text = "spec: 1\nkey: SHORT\ntitle: {en: Short}\nminutes: 1\ndefault_language: en\n"
    text += 'languages: [en]\nsurvey:\n  - {type: text, name: why, label: "Why?"}\n'
    office.write("short.yaml", text)
    assert "can be published" in office.says("questionnaire", "check", "short.yaml")
    assert "version 1 is published" in office.says("questionnaire", "publish", "short.yaml")
    assert "Nothing was changed" in office.says("questionnaire", "publish", "short.yaml")
    office.write("short.yaml", text.replace("Why?", "Why so?"))
    assert office.data("questionnaire", "publish", "short.yaml")["version"] == 2
    assert "Why so?" in office.says("questionnaire", "show", "short")


def test_a_questionnaire_is_played_to_its_end_in_the_terminal(spawn: Spawn) -> None:
    lines = ["1", "I do it regularly", "some officers use it", "a few colleagues", "1"]
    lines += ["in force since the workshop", "SOP 12", "yes, in the same way", "3", "1", "2"]
    lines += ["1, 2", "3", "yes, it may see them"]
    done = spawn("-m", "bot", "questionnaire", "play", "M6", typed="\n".join(lines) + "\n")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "That was the last question. Nothing was saved." in done.stdout
    assert "Question 1 of about" in done.stdout
    answers = done.stdout.partition("That was the last question")[2]
    assert "SOP 12" in answers
    assert "Tap" not in answers
    assert "[" not in answers


def test_the_shell_completes_the_commands_of_a_group(
    spawn: Spawn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_FOLLOWUP_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "followup wave p")
    monkeypatch.setenv("COMP_CWORD", "2")
    done = spawn("-c", "import sys; sys.argv = ['followup']; from bot.cli import main; main()")
    assert {"preview", "progress"} <= set(done.stdout.split()), done


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_the_command_says_of_itself(name: str) -> None:
    command = read_command(name)
    assert command.name == name
    assert command.help.splitlines()[0] == COMMANDS[name].help


def test_a_database_of_a_configuration_is_the_same_from_any_folder(
    office: Terminal, tmp_path: Path
) -> None:
    office.write("config.yaml", "database: sqlite:///followup.sqlite3")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    office.patch.chdir(elsewhere)
    assert len(office.data("workshop", "list", "-c", str(tmp_path / "config.yaml"))) == 7
    assert list(elsewhere.iterdir()) == []


def test_a_questionnaire_goes_out_as_an_xlsform_and_comes_back_the_same(office: Terminal) -> None:
    office.says("questionnaire", "export", "M6", "--out", "m6.xlsx")
    said = office.says("questionnaire", "check", "m6.xlsx")
    assert "M6 can be published" in said
    assert "at most 21 questions, which takes about 4:25 minutes" in said
    checked = office.data("questionnaire", "check", "m6.xlsx")
    assert checked["longest"] == {"questions": 21, "seconds": 265}
    assert "Nothing was changed" in office.says("questionnaire", "publish", "m6.xlsx")


def test_publishing_says_what_changes_against_the_version_before(office: Terminal) -> None:
    form = """
| survey  |                 |       |                     |
|         | type            | name  | label::English (en) |
|         | select_one yn   | used  | {label}             |
| choices |                 |       |                     |
|         | list_name       | name  | label::English (en) |
|         | yn              | yes   | Yes                 |
|         | yn              | notyet | Not yet            |
"""
    office.write("SHORT.md", form.format(label="Do you use it?"))
    office.says("questionnaire", "publish", "SHORT.md")
    office.write("SHORT.md", form.format(label="Do you use it today?"))
    changed = office.data("questionnaire", "publish", "SHORT.md")
    assert changed["version"] == 2
    assert [change["kind"] for change in changed["changes"]] == ["text"]


def test_a_form_with_mistakes_is_given_back_with_its_cells_marked(office: Terminal) -> None:
    office.write("bad.md", "| survey |\n| | type | name | label |\n| | gps | where | Where? |\n")
    said = office.type("questionnaire", "check", "bad.md", "--marked", "marked.xlsx")
    assert said.code == 2
    assert "row 2" in said.out or "row 3" in said.out
    assert (office.folder / "marked.xlsx").read_bytes().startswith(b"PK")


def test_a_correction_of_texts_keeps_the_version_and_refuses_anything_more(
    office: Terminal,
) -> None:
    form = (
        "spec: 1\nkey: SHORT\ntitle: Short\n"
        "survey:\n  - {{type: integer, name: {name}, label: '{label}'}}\n"
    )
    office.write("short.yaml", form.format(name="days", label="How many dais?"))
    early = office.type("questionnaire", "publish", "short.yaml", "--text-only")
    assert "not published yet" in early.err
    office.says("questionnaire", "publish", "short.yaml")
    office.write("short.yaml", form.format(name="days", label="How many days?"))
    said = office.says("questionnaire", "publish", "short.yaml", "--text-only")
    assert "SHORT version 1, correction 1 is published." in said
    assert "“How many dais?” becomes “How many days?”" in said
    undo = said.partition("Undo: `followup ")[2].partition("`")[0].split()
    back = office.says(*undo)
    assert "The texts of SHORT are as before: SHORT version 1, correction 2." in back
    assert "as before already" in office.says(*undo)
    office.says(*back.partition("Undo: `followup ")[2].partition("`")[0].split())
    office.write("short.yaml", form.format(name="weeks", label="How many weeks?"))
    refused = office.refuses("questionnaire", "publish", "short.yaml", "--text-only")
    assert "weeks is new" in refused
    assert "days is no longer there" in refused
    listed = {one["key"]: one for one in office.data("questionnaire", "list")}
    assert (listed["SHORT"]["version"], listed["SHORT"]["revision"]) == (1, 3)
    assert (
        office.data("questionnaire", "show", "SHORT")["items"][0]["label"]["en"]
        == "How many days?"
    )


def test_a_correction_that_open_interviews_show_needs_a_yes(office: Terminal) -> None:
    office.write("lists.csv", "list_name,name,label\nobstacles,room,No rom\n")
    office.says("workshop", "lists", CODE, "lists.csv")
    office.says("wave", "open", CODE, "M6")
    office.write("lists.csv", "list_name,name,label\nobstacles,room,No room\n")
    asked = office.type("workshop", "lists", CODE, "lists.csv", "--text-only")
    assert asked.code == 2
    assert "Open now: M6. People in them see the corrected texts" in asked.out
    assert "Add --yes to do it." in asked.out
    said = office.says("workshop", "lists", CODE, "lists.csv", "--text-only", "--yes")
    assert "Corrected: M6 version 2, correction 1." in said
    again = office.says("workshop", "lists", CODE, "lists.csv", "--text-only")
    assert "Undo" not in again


def test_a_workshop_brings_its_own_lists(office: Terminal) -> None:
    lists = "list_name,name,label,label::French (fr)\nneeds,{code},Forensic tools,Outils\n"
    office.write("lists.csv", lists.format(code="tools"))
    assert "no lists of its own" in office.says("workshop", "lists", CODE)
    assert "only a look" in office.says("workshop", "lists", CODE, "lists.csv", "--dry-run")
    assert "no lists of its own" in office.says("workshop", "lists", CODE)
    said = office.says("workshop", "lists", CODE, "lists.csv")
    assert "The choice tools of list needs is new." in said
    assert office.data("workshop", "lists", CODE)["needs"][0]["label"] == {
        "en": "Forensic tools",
        "fr": "Outils",
    }
    office.write(
        "thai.csv", "list_name,name,label,label::Thai (th)\nneeds,tools,Forensic tools,x\n"
    )
    assert "needs" in office.says("workshop", "lists", CODE, "thai.csv", "--text-only")
    # A file with one language more takes none away.
    assert set(office.data("workshop", "lists", CODE)["needs"][0]["label"]) == {"en", "fr", "th"}
    last = office.says("workshop", "lists", CODE)
    assert "Changed on " in last
    undo = last.partition("Undo: `followup ")[2].partition("`")[0].split()
    assert f"The choices of {CODE} are as before." in office.says(*undo)
    assert set(office.data("workshop", "lists", CODE)["needs"][0]["label"]) == {"en", "fr"}
    assert "as before already. Nothing was changed." in office.says(*undo)
    office.write("bad.csv", lists.format(code="kit"))
    refused = office.refuses("workshop", "lists", CODE, "bad.csv", "--text-only")
    assert "The choice tools of list needs is no longer there." in refused
    assert "without --text-only" in refused
    office.write("bad.csv", lists.format(code="to ols"))
    refused = office.refuses("workshop", "lists", CODE, "bad.csv")
    assert "row 2, column 'name': 'to ols' cannot be a code" in refused
    office.write("bad.csv", lists.format(code="tools").replace("needs", "wishes"))
    assert "'wishes' is not a list that a workshop" in office.refuses(
        "workshop", "lists", CODE, "bad.csv"
    )
    # One code means one thing in all workshops, so that counts over workshops can be read.
    office.write("bad.csv", "list_name,name,label\nneeds,rules,Rules of play\n")
    refused = office.refuses("workshop", "lists", CODE, "bad.csv")
    assert "list needs: 'rules' means “International rules” already" in refused
    office.write("bad.csv", "list_name,name,label\nneeds,tools,Garden tools\n")
    refused = office.refuses("workshop", "lists", "TFA-2017", "bad.csv")
    assert f"means “Forensic tools” already, in {CODE}" in refused


def test_a_questionnaire_is_read_in_a_language_that_it_has(office: Terminal) -> None:
    assert "ท่านได้ใช้สิ่งที่เรียนรู้" in office.says("questionnaire", "show", "M6", "--lang", "th")
    refused = office.refuses("questionnaire", "show", "M6", "--lang", "lo")
    assert "M6 is not translated into lo yet. Its languages: en (English), fa" in refused


def test_check_names_who_waits_for_a_translation_until_english_is_accepted(
    office: Terminal,
) -> None:
    office.write("lao.csv", "name,administration,email,language\nNoy Keo,LA,,lo\n")
    office.says("workshop", "move", CODE, "--starts", "2026-12-07", "--ends", "2026-12-11")
    office.says("participants", "import", CODE, "lao.csv")
    line = f"{CODE} M3: Lao (lo): 1 person waits for a translation of the whole questionnaire"
    said = office.says("check", "--offline")
    assert line in said and "--accept-english" in said
    assert "not yet reviewed: words of the bot: fa, fr" in said
    preview = office.says("wave", "preview", CODE, "M3")
    assert "Lao (lo): 1 person waits" in preview
    opened = office.says("wave", "open", CODE, "M3", "--yes", "--accept-english")
    assert "M3: English is accepted for Lao (lo)." in opened
    assert "4 people" in opened
    assert line not in office.says("check", "--offline")
