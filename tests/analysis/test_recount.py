"""Each figure of the page agrees with an independent query."""

import pytest

from tests.analysis.large import a_whole_year
from tests.analysis.recount import check


@pytest.mark.parametrize("earlier", [False, True], ids=["since when", "earlier version"])
def test_every_figure_of_the_page_is_found_by_a_query_too(earlier: bool) -> None:
    told = a_whole_year(earlier=earlier)
    check(told.connection, told.report("RM"), "M12")
