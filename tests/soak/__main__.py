"""`make soak`: many officers tap at the same time, in the chat and on the page; on both databases.

Compares what was confirmed to each of them with what is stored. Ends with exit code 1 when an
answer was lost. Prints how long a tap waited and the memory of the process; judges neither.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import structlog

from tests.postgresql import create_database, server_in
from tests.soak.load import Load, Soaked, soak


def main() -> int:
    """Load both databases, one after the other, and print what came of it."""
    words = argparse.ArgumentParser(prog="soak", description=__doc__)
    words.add_argument("--officers", type=int, default=2000)
    words.add_argument("--seconds", type=float, default=60)
    words.add_argument("--minutes", type=float, default=0, help="in place of seconds")
    wanted = words.parse_args()
    load = Load(wanted.officers, wanted.minutes * 60 or wanted.seconds)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    lost = 0
    with tempfile.TemporaryDirectory(prefix="followup-soak-") as name:
        folder = Path(name)
        with server_in(folder / "pg") as server:
            urls = {
                "SQLite": f"sqlite:///{folder / 'soak.sqlite3'}",
                "PostgreSQL": create_database(server, "soak", "template0"),
            }
            for label, url in urls.items():
                found = asyncio.run(soak(url, load))
                show(label, found)
                lost += found.lost
    return 1 if lost else 0


def show(label: str, found: Soaked) -> None:
    """One database's figures."""
    print(
        f"{label}: {found.confirmed} answers confirmed, {found.lost} lost; "
        f"95 % of taps within {found.p95:.2f} s, slowest {found.slowest:.2f} s; "
        f"memory {' / '.join(f'{one:.0f}' for one in found.memory)} MB at begin, middle and end"
    )


if __name__ == "__main__":
    sys.exit(main())
