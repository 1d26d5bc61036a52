"""The scope that the tests of the expression language share."""

import pytest

from tests.surveys.expressions.scopes import Answers


@pytest.fixture(scope="session")
def scope() -> type[Answers]:
    return Answers
