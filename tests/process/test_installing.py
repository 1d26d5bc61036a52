"""An office from `followup init` to the first answer, by the real program and its three next steps."""

import json
import shutil
from functools import partial
from pathlib import Path

from sqlalchemy import select

from storage.schema import answers
from tests.patience import PATIENCE
from tests.process.harness import WORKSHOP, Office, Run, shown
from tests.process.starting import Copy, surroundings
from tests.standin.control import StandIn
from tests.standin.people import Person


def test_an_office_is_installed_and_gets_its_first_answer(
    tg: StandIn, joined_office: Office, tmp_path: Path, run: Run
) -> None:
    """It takes seconds: a process starts, and rounds of one second pass."""
    office = Office(tmp_path / "suva", ())
    office.folder.mkdir()
    for name in ("administrations.csv", "workshops.csv", "people.csv"):
        shutil.copy(joined_office.folder / name, office.folder / name)
    install(office, tg)
    # The clock of a test is the real one: the office has a zone where it is morning now.
    with office.config.open("a") as config:
        config.write("administrations: administrations.csv\nfieldwork: {tick_seconds: 1}\n")
    process = run(office).listening()
    eva, ada = tg.person(9001, "Eva"), tg.person(9002, "Ada")
    added = json.loads(office.followup("staff", "add", "administrator", "--name", "Eva", "--json"))
    eva.sends(f"/start {added['secret']}")
    process.until(lambda: "administrator" in shown(eva))
    office.followup("workshop", "import", "workshops.csv")
    office.followup("participants", "import", WORKSHOP, "people.csv")
    codes = json.loads(office.followup("participants", "codes", WORKSHOP, "--json"))
    office.opens("M6")
    ada.sends(codes[0]["code"])
    for label in ("I agree", "Start", "1. Same job"):
        process.until(partial(_shows, ada, label))
        ada.taps(label)
    process.until(lambda: stored(office) == [("job", "same")])
    assert process.stop() == 0


def labels(person: Person) -> set[str]:
    """All buttons on the screen of a person."""
    return {label for message in person.screen for label in message.labels}


def stored(office: Office) -> list[tuple[str, str | None]]:
    """All answers in the database of an office."""
    database = office.opened()
    try:
        found = database.read(lambda c: c.execute(select(answers.c.item, answers.c.value)).all())
        return [(row.item, row.value) for row in found]
    finally:
        database.close()


def install(office: Office, tg: StandIn) -> None:
    """Answer what `followup init` asks by a file, in a process of its own."""
    folder = office.folder.parent
    (folder / "token").write_text(tg.token)
    (folder / "answers.yaml").write_text(
        f"name: Office of Suva\ncontact: Ana\nport: 0\n"
        f"token_file: token\ntelegram_server: {tg.base_url}\n"
    )
    said = folder / "said"
    words = ["init", "suva", "--answers", "answers.yaml"]
    command = Copy(words, folder, surroundings(), said, said)
    assert command.wait(PATIENCE) == 0, said.read_text("utf-8")


def _shows(person: Person, label: str) -> bool:
    return label in labels(person)
