"""The pictures of a report as files of their own, each with a name that follows from what is in it.

A page is lighter without them, and a browser keeps those that stay the same. They are those of the
report that was shown, also if somebody has answered since: figures and pictures of a page agree.
"""

from collections.abc import Callable, Hashable

from bot.desk.reports.viewing import Viewed
from bot.web.desk.visits import Picture, Visit
from storage.database import NotFound

GONE = "This picture is of a report that has changed. Load the page of the report again."


def picture_of(visit: Visit, shows: Callable[[Hashable], bool]) -> Picture:
    """Return the picture of the address, of a report on the shelf whose key fits."""
    name = visit.place["name"]
    found = (one.drawings.named(name) for one in visit.shelf.kept(shows))
    drawing = next(filter(None, found), None)
    if drawing is None:
        raise NotFound(GONE)
    return Picture(drawing.svg, drawing.name)


def drawn(
    found: Viewed | None, address: str, query: str
) -> dict[tuple[str, str], tuple[str, str]]:
    """Return the address of each picture of a report, and its corners, by section and table."""
    return {
        place: (f"{address}/pictures/{one.name}?{query}", one.box)
        for place, one in (found.drawings.pictures.items() if found else ())
    }
