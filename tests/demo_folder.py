"""The demo that measuring programs read: they are told its folder, and it must be there."""

import argparse
from pathlib import Path

from bot.demo.show import DATABASE


def demo_folder(about: str | None) -> Path:
    """Return the folder that the command names. Ends the program if no demo is in it."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("folder", type=Path, help="what `followup demo --out` has filled")
    folder: Path = parser.parse_args().folder
    if not (folder / DATABASE).is_file():
        parser.error(f"There is no demo in {folder}: run 'make demo' first.")
    return folder
