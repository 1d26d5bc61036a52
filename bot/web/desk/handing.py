"""Responses of the desk that are no pages: files to be saved, and pictures that stand in a page."""

from starlette.requests import Request
from starlette.responses import Response

from bot.web.desk.guarding import HEADERS
from bot.web.desk.visits import Download, Picture

NOTHING_RUNS = "default-src 'none'; sandbox"
IN_OUR_PAGES = "default-src 'none'; frame-ancestors 'self'"


def download(found: Download) -> Response:
    """Return a file to be saved."""
    keep = f'attachment; filename="{found.name}"'
    # What people have sent is saved, and never shown or run as a page of the desk.
    headers = {**HEADERS, "content-security-policy": NOTHING_RUNS, "content-disposition": keep}
    return Response(found.content, media_type=found.media_type, headers=headers)


def picture(found: Picture, request: Request) -> Response:
    """Return a picture; one that the browser has already is not sent again.

    The browser asks each time, so that what it keeps is shown to nobody who has signed out.
    """
    tag = f'"{found.name}"'
    headers = {**HEADERS, "content-security-policy": IN_OUR_PAGES, "etag": tag}
    headers["cache-control"] = "private, no-cache"
    if tag in request.headers.get("if-none-match", "").replace("W/", "").split(", "):
        return Response(status_code=304, headers=headers)
    return Response(found.svg, media_type="image/svg+xml", headers=headers)
