"""Builds a release and tries it where nothing else is: `make release`.

The wheel is built from the source distribution, so that both are whole. It is installed into an empty
environment, with the packages that `requirements.txt` pins, and tried from an empty folder.
"""

import os
import re
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

from tests.places import ROOT

DIST = ROOT / "dist"
BUILD = "from setuptools import build_meta; print(build_meta.build_{kind}({to!r}))"
CONSTRAINTS = "constraints.txt"
EXAMPLE = "config.example.yaml"
"""Messages about a configuration lead to it: who has only a release needs it too."""
PACKAGES = ("analysis", "bot", "storage", "surveys")
FOLDERS = (*PACKAGES, "docs")
FILES = ["LICENSE", "MANIFEST.in", "Makefile", "config.example.yaml", "pyproject.toml"]
FILES += ["requirements.txt", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]
ANSWERS = "name: Office of the release\ncontact: Eva (eva@example.org)\nport: 0\n"


def sources() -> list[Path]:
    """Return the files of a release, below the checkout: no tests, and nothing that was compiled."""
    inside = [path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()]
    found = [*inside, *(path for path in ROOT.iterdir() if path.name in FILES)]
    return sorted(path.relative_to(ROOT) for path in found if path.parent.name != "__pycache__")


def build(folder: Path) -> tuple[Path, Path]:
    """Build the source distribution of the checkout, and the wheel from it, into a folder."""
    unpacked = folder / "unpacked"
    unpacked.mkdir(parents=True)
    for file in sources():
        (unpacked / file).parent.mkdir(parents=True, exist_ok=True)
        (unpacked / file).write_bytes((ROOT / file).read_bytes())
    sdist = _built("sdist", unpacked, folder)
    with tarfile.open(sdist) as packed:
        packed.extractall(folder / "sdist", filter="data")
    (inside,) = (folder / "sdist").iterdir()
    return sdist, _built("wheel", inside, folder)


def _built(kind: str, source: Path, to: Path) -> Path:
    said = _output([sys.executable, "-c", BUILD.format(kind=kind, to=str(to))], source)
    return to / said.splitlines()[-1]


def constraints() -> str:
    """Return the pinned packages without their hashes, which pip takes for constraints."""
    pinned = (ROOT / "requirements.txt").read_text("utf-8")
    return re.sub(r" \\\n( +--hash=\S+( \\)?\n?)+", "\n", pinned)


def _output(words: list[str], folder: Path, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        words, cwd=folder, env=clean | environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def install(wheel: Path, folder: Path) -> Path:
    """Install a wheel into a new environment; return its command."""
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin" / "pip"), "--disable-pip-version-check", "install", "--quiet"]
    _output([*pip, "-c", str(wheel.parent / CONSTRAINTS), str(wheel)], folder)
    return folder / "bin" / "followup"


def try_out(command: Path, folder: Path) -> None:
    """Let an installed program do what a new administrator does, and print what it says."""
    (folder / "answers.yaml").write_text(ANSWERS)
    for line in (
        "--version",
        "demo",
        "init suva --answers answers.yaml --offline",
        "check --offline --create -c suva/config.yaml",
        "questionnaire list -c suva/config.yaml",
    ):
        print(f"$ followup {line}")
        print(_output([str(command), *line.split()], folder))


def main() -> None:
    """Build, install and try; put the files of the release into dist/."""
    import tempfile

    DIST.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "empty").mkdir()
        built = build(folder / "built")
        (folder / "built" / CONSTRAINTS).write_text(constraints())
        (folder / "built" / EXAMPLE).write_bytes((ROOT / EXAMPLE).read_bytes())
        try_out(install(built[1], folder / "environment"), folder / "empty")
        for file in (*built, *(folder / "built" / name for name in (CONSTRAINTS, EXAMPLE))):
            (DIST / file.name).write_bytes(file.read_bytes())
            print(DIST / file.name)


if __name__ == "__main__":
    main()
