"""The last line of a run says what was skipped and how to have it."""

import pytest

from tests.tools import PSPP, TOOLS, Tool, pytest_sessionstart, told

NOWHERE = Tool("A tool", ("no-such-program",), "a-package")


def test_skipped_tests_are_counted_by_what_was_missing() -> None:
    line = told([PSPP.missing, NOWHERE.missing, PSPP.missing])
    assert line == (
        "Skipped: 2 because PSPP is not installed (apt-get install pspp); "
        "1 because A tool is not installed (apt-get install a-package)."
    )


def test_a_required_tool_that_is_missing_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.tools.TOOLS", (*TOOLS, NOWHERE))
    monkeypatch.setenv("FOLLOWUP_TOOLS", "required")
    with pytest.raises(pytest.exit.Exception, match="A tool is not installed"):
        pytest_sessionstart()
    monkeypatch.delenv("FOLLOWUP_TOOLS")
    pytest_sessionstart()
