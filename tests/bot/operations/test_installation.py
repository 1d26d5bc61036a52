"""What is tried on this machine before the bot runs: ports, and the address of the page."""

import socket
from collections.abc import Iterator

import pytest

from bot.operations.installation import check_page, check_ports
from bot.settings.config import Settings
from storage.database import Database
from storage.operations.process_leases import ProcessLease
from surveys.problems import BadInput

PAGE = "https://followup.example.org"


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield int(listening.getsockname()[1])


def settings(port: int, monitor: int | None = None, url: str | None = PAGE) -> Settings:
    web = {"public_url": url, "port": port}
    return Settings.model_validate({"web": web, "monitor": {"port": monitor}})


def test_a_port_that_another_program_uses_is_wrong(taken: int) -> None:
    with pytest.raises(BadInput) as caught:
        check_ports(settings(taken), None)
    (problem,) = caught.value.problems
    assert (problem.place, problem.value) == ("web.port", f"127.0.0.1:{taken}")
    assert "Address already in use" in problem.message


def test_ports_that_the_bot_itself_uses_are_fine(database: Database, taken: int) -> None:
    with pytest.raises(BadInput):
        check_ports(settings(taken), database)
    lease = ProcessLease(database)
    lease.enter()
    assert check_ports(settings(taken), database).endswith("is used by this bot, which runs")
    lease.leave()


def test_the_desk_needs_its_port_also_without_a_public_address(taken: int) -> None:
    said = check_ports(settings(taken, url=None), None)
    assert said.startswith(f"desk 127.0.0.1:{taken} is not to be had (Address already in use)")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        free = int(listening.getsockname()[1])
    assert check_ports(settings(free, url=None), None) == f"desk 127.0.0.1:{free} is free"


def test_free_ports_are_said_and_none_is_looked_at_that_is_not_opened() -> None:
    assert check_ports(settings(0), None) == "none is needed"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        free = int(listening.getsockname()[1])
    assert check_ports(settings(0, free), None) == f"monitor 127.0.0.1:{free} is free"


def test_all_ports_that_cannot_be_opened_are_said_at_once(taken: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(BadInput) as caught:
        check_ports(settings(taken, other.getsockname()[1]), None)
    assert [one.place for one in caught.value.problems] == ["web.port", "monitor.port"]


def test_page_and_monitor_do_not_share_a_port() -> None:
    with pytest.raises(BadInput, match="that of the page and the desk too"):
        check_ports(settings(8080, 8080), None)


@pytest.mark.parametrize(
    ("url", "well"),
    [
        (PAGE, True),
        ("http://localhost:8080", True),
        ("http://127.0.0.1:8080", True),
        ("http://followup.example.org", False),
        ("http://10.0.0.7/followup", False),
    ],
)
def test_the_page_is_https_unless_it_is_for_this_machine(url: str, well: bool) -> None:
    if well:
        assert check_page(settings(0, url=url)).startswith(url)
    else:
        with pytest.raises(BadInput, match="is not https"):
            check_page(settings(0, url=url))


def test_a_webhook_needs_https_on_this_machine_too() -> None:
    web = {"public_url": "http://localhost:8080"}
    hooked = Settings.model_validate({"web": web, "telegram": {"webhook": True}})
    with pytest.raises(BadInput, match="Telegram's webhook"):
        check_page(hooked)
