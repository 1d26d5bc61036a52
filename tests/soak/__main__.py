"""`make soak`: many officers tap at the same time, in the chat and on the page; on both databases.

Compares what was confirmed to each of them with what is stored. Ends with exit code 1 when an
answer was lost, somebody was not answered within a minute, or, in trouble, somebody was invited
twice or never. How long a tap waited and the memory of the bot are printed beside their goals:
another machine is another number.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.postgresql import create_database, server_in
from tests.soak.load import Load, Soaked, soak
from tests.soak.trouble import STOPS_WITHIN, trouble

MOST_SECONDS = 1.0
MOST_GROWTH = 1.1


def main() -> int:
    """Load both databases, one after the other, and print what came of it."""
    words = argparse.ArgumentParser(prog="soak", description=__doc__)
    words.add_argument("--officers", type=int, default=2000, help="who begin in each minute")
    words.add_argument("--seconds", type=float, default=60, help="of a minute in which they begin")
    words.add_argument("--minutes", type=int, default=1)
    words.add_argument("--answers", type=int, default=1, help="of each officer in the chat")
    words.add_argument(
        "--trouble", action="store_true", help="with a flood, swallowed connections and SIGTERM"
    )
    wanted = vars(words.parse_args())
    troubled = wanted.pop("trouble")
    load = Load(**wanted)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="followup-soak-") as name:
        folder = Path(name)
        with server_in(folder / "pg") as server:
            urls = {
                "SQLite": f"sqlite:///{folder / 'soak.sqlite3'}",
                "PostgreSQL": create_database(server, "soak", "template0"),
            }
            for label, url in urls.items():
                if troubled:
                    failed += in_trouble(label, url, load)
                    continue
                found = soak(url, load)
                show(label, load, found)
                failed += found.lost + found.unanswered
    return 1 if failed else 0


def in_trouble(label: str, url: str, load: Load) -> int:
    """Play the trouble on one database, print its figures, and return the number of faults."""
    found = trouble(url, load)
    soaked = found.soaked
    print(
        f"{label}: {load.everybody} officers answer and {found.people} are invited, "
        f"{found.flood} messages of strangers\n"
        f"  {soaked.confirmed} answers confirmed, {soaked.lost} lost, "
        f"{soaked.unanswered} officers not answered, "
        f"{found.twice} invited twice, {found.never} never, "
        f"{len(found.unknown)} of unknown outcome\n"
        f"  95 % of taps within {soaked.p95:.2f} s, slowest {soaked.slowest:.2f} s; stopped after "
        f"{found.invited_before} invitations, in {found.stopped_in:.1f} s "
        f"(goal: {STOPS_WITHIN:g}: {'met' if found.stopped_in <= STOPS_WITHIN else 'MISSED'})",
        flush=True,
    )
    return found.faults


def show(label: str, load: Load, found: Soaked) -> None:
    """One database's figures."""
    print(
        f"{label}: {load.everybody} officers, {found.confirmed} answers confirmed, "
        f"{found.lost} lost, {found.unanswered} officers not answered"
    )
    quick = found.p95 < MOST_SECONDS
    print(
        f"  95 % of taps within {found.p95:.2f} s, slowest {found.slowest:.2f} s "
        f"(goal: 95 % under {MOST_SECONDS:g} s: {'met' if quick else 'MISSED'})"
    )
    print(
        f"  processor time of the bot: {found.processor / found.confirmed * 1000:.1f} ms an answer"
    )
    each = ", ".join(f"{one:.0f}" for one in found.transactions)
    print(f"  memory of the bot before and after each minute: {each} MB", end="")
    if load.minutes > 1:
        flat = found.growth <= MOST_GROWTH
        print(
            f", {found.growth:.2f} times since the first minute "
            f"(goal: at most {MOST_GROWTH:g}: {'met' if flat else 'MISSED'})",
            end="",
        )
    print(flush=True)


if __name__ == "__main__":
    sys.exit(main())
