"""The web page as a channel: the only package that knows the web server's libraries.

What people send leaves it as `Inbound`; what they see enters it as `Page`.
"""

from bot.channels.web.app import build_app
from bot.channels.web.server import WebServer

__all__ = ["WebServer", "build_app"]
