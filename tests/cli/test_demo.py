"""`followup demo`, as far as it does not live a year."""

import socket
from contextlib import suppress

from bot.cli.demo import PORT
from tests.cli.conftest import Terminal


def test_a_port_that_is_taken_is_said_before_the_year_is_lived(terminal: Terminal) -> None:
    with socket.socket() as taken:
        with suppress(OSError):  # Another program has it: as good.
            taken.bind(("127.0.0.1", PORT))
            taken.listen()
        said = terminal.refuses("demo", "--serve")
    assert f"Port {PORT} cannot be opened: Address already in use." in said
