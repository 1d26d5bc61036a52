"""Accounts of the office: what an administrator has ended stays so."""

from datetime import UTC, datetime

import pytest

from bot.access.accounts.tokens import Account
from bot.desk.office.accounts import bind_account, end_account, put_account_back
from bot.settings.office import Office
from storage.database import Conflict, Database
from storage.fieldwork.next_contact import Rules
from storage.office.staff import StaffRole, member_with
from tests.staff import employ

NOW = datetime(2018, 6, 8, tzinfo=UTC)
OFFICE = Office(Rules({}, ("demo",)))
ANN, BO = OFFICE.acting_as("S-ANN"), OFFICE.acting_as("S-BO")
FIRST, OTHER = (Account("https://id.example.org", subject) for subject in ("one", "two"))


def test_whose_account_an_administrator_has_ended_does_not_put_it_back(
    database: Database,
) -> None:
    """A session that goes on is perhaps not of the person: it brings no way in of its own."""
    code = database.run(employ, ("demo", "bo"), StaffRole.ORGANISER, NOW, "Bo")
    bo = database.read(member_with, code)
    assert database.run(bind_account, BO, bo, FIRST, NOW).changed
    assert database.run(end_account, BO, code, NOW).changed
    assert database.run(put_account_back, BO, code, NOW).changed
    assert database.run(end_account, ANN, code, NOW).changed
    for act, given in ((put_account_back, (code,)), (bind_account, (bo, OTHER))):
        with pytest.raises(Conflict, match="An administrator has ended"):
            database.run(act, BO, *given, NOW)
    assert database.run(put_account_back, ANN, code, NOW).changed
