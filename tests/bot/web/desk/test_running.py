"""Work in many transactions, as a job: each is a step, and none follows when the job was given up."""

import pytest

from bot.web.desk.running import FAULT, Told, sentence_of
from storage.database import Conflict, Database, Ended
from storage.operations.heartbeats import last_heartbeats, record_heartbeat
from tests.storage.world import NOW


def test_each_transaction_is_a_step_and_none_follows_a_job_that_was_given_up(
    database: Database,
) -> None:
    told = Told()
    door = told.door(database)
    door.run(record_heartbeat, "first", NOW)
    assert (told.done, door.read(last_heartbeats, NOW)) == (1, {"first": NOW})
    told.lost = True
    with pytest.raises(Ended):
        door.run(record_heartbeat, "second", NOW)
    assert database.read(last_heartbeats, NOW) == {"first": NOW}


def test_a_failure_is_said_in_words_and_a_fault_names_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert sentence_of(Conflict("Others change RM.")) == "Others change RM."
    assert sentence_of(ValueError("Ada Vea")) == FAULT
    assert "Ada" not in capsys.readouterr().out
