"""The small world of the storage tests as a fixture."""

import pytest

from storage.database import Database
from tests.storage.world import World, made


@pytest.fixture
def world(database: Database) -> World:
    """A workshop with Ada and Ben and an open wave, in a fresh database."""
    return database.run(made)
