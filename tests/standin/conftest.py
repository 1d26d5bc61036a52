"""Makes the fixture known to the tests of the stand-in itself."""

from tests.standin.fixtures import telegram_standin

__all__ = ["telegram_standin"]
