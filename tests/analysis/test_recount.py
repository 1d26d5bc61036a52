"""Each figure of the page agrees with an independent query."""

from tests.analysis.large import a_whole_year
from tests.analysis.recount import check


def test_every_figure_of_the_page_is_found_by_a_query_too() -> None:
    told = a_whole_year()
    check(told.connection, told.report("RM"), "M12")
