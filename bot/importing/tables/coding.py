"""The coding of a text file, found by the decoded text: wrong codings often decode without error.

Local spreadsheets write Windows-874 (Thai), GB18030 (Chinese) and Shift-JIS (Japanese).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.importing.tables.cells import clean
from surveys.xlsform.sheets import Unreadable

SAVE_AS = "Save it as 'CSV UTF-8' or as .xlsx and send that file."
SAMPLE = 60
LOOKED_AT = 100_000
"""Characters from which the coding of a long file is found."""
LIKELY = 0.8
"""The least share of non-ASCII letters that must fit the script of a coding."""
THAI_WRONG = re.compile(
    "(?:^|[^\u0e01-\u0e4e])[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]|[\u0e40-\u0e44](?![\u0e01-\u0e2e])"
    "|[\u0e30\u0e32\u0e33][\u0e34-\u0e3a]|[\u0e50-\u0e59][\u0e01-\u0e4e]|[\u0e01-\u0e4e][\u0e50-\u0e59]"
)
PUNCTUATION = (
    "\u00a0\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u3000"
    "\u3001\u3002\uff08\uff09\uff0c\uff1a\uff1b\u300a\u300b\u00b7\u30fb"
)


@dataclass(frozen=True)
class Text:
    """A decoded text. `coding` is its name, such as "Windows-874 (Thai)"; `guessed` if uncertain."""

    text: str
    coding: str
    guessed: bool = False


def decode(content: bytes, wanted: str = "") -> Text:
    """Return the text of a file; `wanted` names a coding of `CODINGS`.

    Raise Unreadable if no coding gives a plausible text.
    """
    for name, codec, _ in CODINGS:
        if name == wanted and (given := _decoded(content, codec)) is not None:
            return Text(given, name)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return Text(content.decode("utf-16"), "UTF-16")
        except UnicodeDecodeError:
            raise Unreadable("This is not a text file, or it is damaged.", SAVE_AS) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _guessed(content)
    if "\x00" in text:
        raise Unreadable("This is neither a workbook nor a text file.", SAVE_AS)
    return Text(text, "UTF-8")


def coding_warning(text: Text) -> str:
    """Return what to check in a text whose coding was guessed, with some of its letters."""
    sample = clean(beyond_ascii(text.text))[:SAMPLE]
    return f"The text was read as {text.coding}. Please check the letters: {sample}"


def _guessed(content: bytes) -> Text:
    found = sorted(
        (
            (share, name, text)
            for name, codec, look in CODINGS
            if (text := _decoded(content, codec)) is not None
            and (share := look(beyond_ascii(text)[:LOOKED_AT])) >= LIKELY
        ),
        reverse=True,
    )
    if not found:
        raise Unreadable("This is not UTF-8 text, and its coding is not clear.", SAVE_AS)
    if len(found) > 1 and found[0][0] - found[1][0] < 0.05:
        return _by_frequency(content, {name: text for _, name, text in found})
    _, name, text = found[0]
    return Text(text, name, guessed=True)


def _by_frequency(content: bytes, texts: dict[str, str]) -> Text:
    """Decide between equally plausible codings by the frequency of letter pairs."""
    from charset_normalizer import from_bytes

    codecs = {codec: name for name, codec, _ in CODINGS if name in texts}
    best = from_bytes(content, cp_isolation=list(codecs)).best()
    if best is None or best.encoding not in codecs:
        message = f"The coding of this text is not clear: {' or '.join(texts)}."
        raise Unreadable(message, SAVE_AS)
    name = codecs[best.encoding]
    return Text(texts[name], name, guessed=True)


def _decoded(content: bytes, codec: str) -> str | None:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    # Control characters from 0x80 on are a sign of a wrong coding.
    return None if re.search("[\x00\x80-\x9f\ufffd\ue000-\uf8ff]", text) else text


def beyond_ascii(text: str) -> str:
    """Return the non-ASCII words of a text, without punctuation that every coding has."""
    words = (word.strip(PUNCTUATION) for word in re.findall(r"[^\x00-\x7f]+", text))
    return " ".join(word for word in words if word)


def _thai(text: str) -> float:
    if not text:
        return 0.0
    wrong = len(THAI_WRONG.findall(text))
    right = sum("\u0e01" <= sign <= "\u0e5b" or sign in f" {PUNCTUATION}" for sign in text)
    return max(0.0, (right - 3 * wrong) / len(text))


def _chinese(text: str) -> float:
    """Return the share of common characters: the first level of GB 2312, rows 16 to 55."""
    return _share(text, lambda sign: _is_row(sign, "gb2312", 0xB0, 0xD7))


def _japanese(text: str) -> float:
    """Return the share of kana and common characters: the first level of JIS X 0208, rows 16 to 47.

    Half-width kana do not count: Thai in Windows-874 decodes to them.
    """
    kana = re.compile("[\u3040-\u30ff]")
    return _share(text, lambda sign: bool(kana.match(sign)) or _is_row(sign, "euc_jp", 0xB0, 0xCF))


def _share(text: str, usual: Callable[[str], bool]) -> float:
    signs = [sign for sign in text if sign not in f" {PUNCTUATION}"]
    return sum(usual(sign) for sign in signs) / len(signs) if signs else 0.0


def _is_row(sign: str, codec: str, first: int, last: int) -> bool:
    try:
        code = sign.encode(codec)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and first <= code[0] <= last


CODINGS: tuple[tuple[str, str, Callable[[str], float]], ...] = (
    ("Windows-874 (Thai)", "cp874", _thai),
    ("GB18030 (Chinese)", "gb18030", _chinese),
    ("Shift-JIS (Japanese)", "cp932", _japanese),
)
