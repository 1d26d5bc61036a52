"""The web page. The only package that knows the libraries of the web server.

It turns requests into `Inbound` messages and renders each `Page` as HTML.
"""

from bot.web.interview.app import build_app
from bot.web.operations import build_monitor
from bot.web.server import WebServer
from bot.web.webhook import PATH as WEBHOOK_PATH
from bot.web.webhook import webhook_route

__all__ = ["WEBHOOK_PATH", "WebServer", "build_app", "build_monitor", "webhook_route"]
