"""followup messages: read, settle, and take it back."""

from datetime import UTC, datetime

from storage.database import Database
from storage.people.office_messages import keep_message
from tests.cli.conftest import Terminal

NOW = datetime(2018, 6, 7, 12, tzinfo=UTC)


def test_a_message_is_read_settled_and_waits_again(office: Terminal) -> None:
    assert office.says("messages", "list") == "No message to the office waits.\n"
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    database.run(keep_message, 1, "I answered about the wrong workshop!", NOW)
    database.close()
    listed = office.says("messages", "list")
    assert "1  Ada Vea (P-" in listed
    assert "    I answered about the wrong workshop!" in listed
    settled = office.says("messages", "settle", "1").splitlines()
    assert settled[0] == "The message of Ada Vea is settled."
    assert "was settled before" in office.says("messages", "settle", "1")
    undo = settled[1].removeprefix("Undo: `followup ").rstrip("`").split()
    assert office.says(*undo).startswith("The message of Ada Vea waits again.\n")
    assert office.data("messages", "list")["waiting"] == 1
    assert "There is no message 9" in office.refuses("messages", "settle", "9")
