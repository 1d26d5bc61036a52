"""The web page as a channel: the only package that knows the web server's libraries.

What people send leaves it as `Inbound`; what they see enters it as `Page`.
"""

from bot.web.interview.app import build_app
from bot.web.operations import operations_routes
from bot.web.server import WebServer
from bot.web.webhook import PATH as WEBHOOK_PATH
from bot.web.webhook import webhook_route

__all__ = ["WEBHOOK_PATH", "WebServer", "build_app", "operations_routes", "webhook_route"]
