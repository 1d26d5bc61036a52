"""A proxy in front of PostgreSQL that can swallow packets: it accepts them, and forwards nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import make_url


class Proxy:
    """Forwards connections to the server of a URL while `flowing` is set."""

    def __init__(self, url: str) -> None:
        self._server = str(next(Path(str(make_url(url).query["host"])).glob(".s.PGSQL.*[0-9]")))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.flowing = threading.Event()
        self.flowing.set()
        self._open: list[socket.socket] = [self._listener]
        port = self._listener.getsockname()[1]
        there = make_url(url).set(host="127.0.0.1", port=port, query={})
        self.url = there.render_as_string(hide_password=False)
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """End all connections."""
        for one in self._open:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._server)
                self._open += [client, server]
                for source, to in ((client, server), (server, client)):
                    threading.Thread(target=self._copy, args=(source, to), daemon=True).start()

    def _copy(self, source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while packet := source.recv(65536):
                if self.flowing.is_set():
                    to.sendall(packet)
            to.shutdown(socket.SHUT_WR)


@contextmanager
def proxy_to(url: str) -> Iterator[Proxy]:
    """Run a proxy to a PostgreSQL database until the end of the block."""
    with closing(Proxy(url)) as proxy:
        yield proxy
