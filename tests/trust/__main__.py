"""`make trust`: holds figures against the truth, prints it and writes it into the page about it."""

from pathlib import Path

from bot.demo.show import beside_truth
from tests.demo_folder import demo_folder
from tests.trust.page import (
    BY_CONDITION,
    PAGE,
    lines,
    of_condition,
    of_the_simulation,
    of_the_year,
    with_table,
)
from tests.trust.simulation import simulated
from tests.trust.workshops import CONDITIONS

SEED = 2017


def main(folder: Path) -> None:
    """Write the tables of a demo in a folder, and of the simulation."""
    found = [one for condition in CONDITIONS for one in simulated(condition)]
    held = [of_condition(condition, found) for condition in CONDITIONS]
    tables = (
        of_the_year(beside_truth(folder, SEED)),
        of_the_simulation(found),
        [*lines(BY_CONDITION, []), *held],
    )
    page = PAGE.read_text("utf-8")
    for table in tables:
        page = with_table(page, table)
    PAGE.write_text(page, "utf-8")
    print("\n\n".join("\n".join(table) for table in tables))


if __name__ == "__main__":
    main(demo_folder(__doc__))
