"""What a file is by its content: four kinds are taken, whatever a name says; pictures are saved anew."""

import io

import pytest
from PIL import Image

from bot.filing import checking
from bot.filing.checking import LARGEST, Fault, Kind, Refused, check, look_at
from tests.shown_files import GPS, ORIENTATION, PDF, picture, settings_with, word

QUOTED = tuple(part.replace('"', "'") for part in settings_with("https://example.org/a.dotm"))
LINK = (
    "<R><Relationship Type='x/hyperlink' TargetMode='External' Target='https://example.org'/></R>"
)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, Kind.PDF),
        (picture("PNG"), Kind.PNG),
        (picture("JPEG"), Kind.JPEG),
        (word(), Kind.DOCX),
        (word(settings_with("file:///C:/Normal.dotm")), Kind.DOCX),
        (word(settings_with("Normal.dotm")), Kind.DOCX),
        (word(("word/_rels/document.xml.rels", LINK)), Kind.DOCX),
    ],
)
def test_four_kinds_are_known_by_their_content(content: bytes, kind: Kind) -> None:
    assert look_at(content)[0] is kind


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"MZ\x90\0 a program", Fault.WRONG_KIND),
        (b"<html><script>", Fault.WRONG_KIND),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 a .doc", Fault.WRONG_KIND),
        (picture("GIF"), Fault.WRONG_KIND),
        (word(main="xl/workbook.xml"), Fault.WRONG_KIND),
        (word(kinds=checking.WORD.replace("main", "other")), Fault.WRONG_KIND),
        (word(kinds="application/vnd.ms-word.document.macroEnabled.main+xml"), Fault.MACROS),
        (word(("word/vbaProject.bin", "x")), Fault.MACROS),
        (word(("word/activeX/activeX1.xml", "x")), Fault.MACROS),
        (word(settings_with("https://example.org/a.dotm")), Fault.MACROS),
        (word(QUOTED), Fault.MACROS),
        (word(("word/_RELS/SETTINGS.XML.RELS", QUOTED[1])), Fault.MACROS),
        (word(settings_with("file:////example/a.dotm")), Fault.MACROS),
        (word(settings_with("//example/a.dotm")), Fault.MACROS),
        (word(settings_with("%5c%5cexample/a.dotm")), Fault.MACROS),
        (word(("word/embeddings/a.xlsm", "x")), Fault.MACROS),
        (word(("word/_rels/document.xml.rels", QUOTED[1])), Fault.MACROS),
        (
            word(kinds=f'{checking.WORD}"/><O ContentType="x/vnd.ms-office.vbaProject'),
            Fault.MACROS,
        ),
        (word(("word/_rels/document.xml.rels", "<R>")), Fault.DAMAGED),
        (word()[:-30], Fault.DAMAGED),
        (picture("JPEG", (64, 64))[:-300], Fault.DAMAGED),
        (picture("PNG")[:40], Fault.DAMAGED),
        (PDF[:30], Fault.DAMAGED),
    ],
)
def test_other_files_are_refused_with_the_reason(content: bytes, fault: Fault) -> None:
    with pytest.raises(Refused) as refused:
        look_at(content)
    assert refused.value.fault is fault


def test_a_picture_too_large_to_unpack_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_PIXELS", 100)
    with pytest.raises(Refused) as refused:
        look_at(picture("PNG", (20, 20)))
    assert refused.value.fault is Fault.TOO_LARGE


def test_a_word_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_UNPACKED", 1_000)
    with pytest.raises(Refused) as refused:
        look_at(word(("word/media/image1.png", "x" * 2_000)))
    assert refused.value.fault is Fault.TOO_LARGE


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_picture_keeps_no_place_and_stands_as_it_was_taken(form: str) -> None:
    taken = picture(form, (8, 4), place=True)
    assert Image.open(io.BytesIO(taken)).getexif().get_ifd(GPS)
    kept = Image.open(io.BytesIO(look_at(taken)[1]))
    assert not dict(kept.getexif())
    assert ORIENTATION not in kept.getexif()
    assert kept.size == (4, 8)


def test_in_the_limited_process_a_file_is_what_it_is_here() -> None:
    checked = check(picture("JPEG", place=True))
    assert checked.kind is Kind.JPEG
    assert not dict(Image.open(io.BytesIO(checked.content)).getexif())


def test_nothing_and_too_much_are_refused_before_they_are_read() -> None:
    for content, fault in ((b"", Fault.EMPTY), (b"%PDF-" + bytes(LARGEST), Fault.TOO_LARGE)):
        with pytest.raises(Refused) as refused:
            check(content)
        assert refused.value.fault is fault
