"""The pytest fixture for the stand-in; a conftest imports it from here."""

from collections.abc import Iterator

import pytest

from tests.standin.control import StandIn


@pytest.fixture
def telegram_standin() -> Iterator[StandIn]:
    """A fresh stand-in of the Bot API for one test."""
    with StandIn() as standin:
        yield standin
