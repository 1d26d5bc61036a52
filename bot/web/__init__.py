"""The web server: personal pages of participants, and the desk of the staff.

The only package that knows the libraries of the web server.
"""

from bot.web.desk.addresses import PAGES as DESK_PAGES
from bot.web.desk.app import build_desk, desk_of
from bot.web.desk.context import DeskContext
from bot.web.desk.visits import Configuration
from bot.web.doors import Doors
from bot.web.interview.app import build_app
from bot.web.operations import build_monitor
from bot.web.server import WebServer
from bot.web.sharing.app import share_routes
from bot.web.webhook import PATH as WEBHOOK_PATH
from bot.web.webhook import webhook_route

__all__ = [
    "DESK_PAGES",
    "WEBHOOK_PATH",
    "Configuration",
    "DeskContext",
    "Doors",
    "WebServer",
    "build_app",
    "build_desk",
    "build_monitor",
    "desk_of",
    "share_routes",
    "webhook_route",
]
