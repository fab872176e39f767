"""Every bad input gets one plain line with the cause and the remedy, and nothing else."""

import os
import re
from pathlib import Path

import bad_inputs as bad
import pytest

from ingestion.readers.choose import SUFFIXES, ReadLimits, check_inside, read_source
from kb.errors import UnreadableFile

LOCK = "rain"
ENGLISH = (
    "1. The Conference of the Parties requested the secretariat to strengthen partnerships and "
    "to report on the voluntary targets that countries have set by the end of the decade. "
) * 3
RUSSIAN = (
    "Конференция Сторон просила секретариат укреплять партнерские связи и представить доклад "
    "о добровольных целевых показателях, установленных странами до конца десятилетия. "
) * 3


def refusal(path: Path, limits: ReadLimits | None = None) -> str:
    with pytest.raises(UnreadableFile) as raised:
        read_source(path, limits or ReadLimits())
    line = str(raised.value)
    assert "\n" not in line
    assert ";" in line, "no remedy"
    assert path.name not in line  # the report names the file
    return line


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_an_empty_file_is_refused(suffix: str, tmp_path: Path) -> None:
    assert refusal(put(tmp_path, f"a{suffix}", b"")).startswith("empty")


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.pdf", bad.png(), "a PNG image, not a PDF"),
        ("a.docx", bad.png(), "a PNG image, not a Word document"),
        ("a.txt", b"\x7fELF\x02\x01\x01" + bytes(60), "a program, not a text file"),
        ("a.txt", b"MZ\x90\x00\x03" + bytes(60), "a program, not a text file"),
        ("a.docx", bad.zipped({"a.txt": "x"}), "a ZIP archive, not a Word document"),
        ("a.docx", bad.zipped({"xl/workbook.xml": "x"}), "an Excel workbook"),
        ("a.md", b"{\\rtf1\\ansi text}", "an RTF document"),
        ("a.txt", bad.text_pdf(ENGLISH), "a PDF, not a text file; rename it to .pdf"),
        ("a.docx", bad.text_pdf(ENGLISH), "a PDF, not a Word document; rename it to .pdf"),
        ("a.pdf", bad.word_file("<w:p/>"), "a Word document, not a PDF; rename it to .docx"),
        ("a.pdf", b"<!DOCTYPE html><html><p>Text</p></html>", "an HTML page, not a PDF"),
        ("a.txt", b"<html><body><p>Text</p></body></html>", "rename it to .html"),
        ("a.pdf", ENGLISH.encode(), "is not a PDF in spite of its name"),
        ("a.docx", ENGLISH.encode(), "is not a Word document in spite of its name"),
        ("a.docx", bad.old_word(), "Word 97-2003 document; save it as .docx"),
        ("a.xyz", ENGLISH.encode(), ".xyz is not read"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    name: str, content: bytes, cause: str, tmp_path: Path
) -> None:
    assert cause in refusal(put(tmp_path, name, content))


def test_a_locked_pdf_is_refused(tmp_path: Path) -> None:
    assert "password" in refusal(put(tmp_path, "a.pdf", bad.text_pdf(ENGLISH, password=LOCK)))


def test_a_locked_word_document_is_refused(tmp_path: Path) -> None:
    assert "password" in refusal(put(tmp_path, "a.docx", bad.encrypted_office()))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_pdf_cut_short_is_refused_and_not_read_in_part(share: float, tmp_path: Path) -> None:
    whole = bad.text_pdf(*[ENGLISH] * 5)
    assert "cut short" in refusal(put(tmp_path, "a.pdf", whole[: int(share * len(whole))]))


def test_a_pdf_of_noise_is_refused(tmp_path: Path) -> None:
    noise = b"%PDF-1.7\n" + bytes(range(32, 127)) * 30 + b"\nstartxref\n9\n%%EOF"
    assert "damaged" in refusal(put(tmp_path, "a.pdf", noise))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_word_document_cut_short_is_refused(share: float, tmp_path: Path) -> None:
    whole = bad.word_file("<w:p><w:r><w:t>" + os.urandom(3000).hex() + "</w:t></w:r></w:p>")
    assert "cut short" in refusal(put(tmp_path, "a.docx", whole[: int(share * len(whole))]))


def test_a_word_document_with_broken_xml_is_refused(tmp_path: Path) -> None:
    content = bad.zipped({"word/document.xml": "<w:document><w:body>"})
    assert "not well-formed" in refusal(put(tmp_path, "a.docx", content))


def test_a_zip_bomb_is_refused_by_its_declared_size(tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", bad.zip_bomb(60))
    assert path.stat().st_size < 100_000
    assert "zip bomb" in refusal(path)
    assert "zip bomb" in refusal(path, ReadLimits(max_unpacked_mb=50))


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", bad.lying_zip_bomb(60))
    assert re.search("zip bomb|damaged", refusal(path, ReadLimits(max_unpacked_mb=20)))


def test_xml_entities_are_never_expanded(tmp_path: Path) -> None:
    assert "entities" in refusal(put(tmp_path, "a.docx", bad.entity_bomb()))


@pytest.mark.parametrize(
    "content",
    [ENGLISH.encode() + b"\x00\x01\x02" + ENGLISH.encode(), bytes(500), b"\x00a\x01b" * 50],
)
def test_nul_bytes_in_a_text_are_refused(content: bytes, tmp_path: Path) -> None:
    assert "NUL bytes" in refusal(put(tmp_path, "a.txt", content))


def test_binary_without_nul_bytes_is_refused(tmp_path: Path) -> None:
    content = bytes(b for b in os.urandom(6000) if b not in (0, 10, 13))
    assert "binary" in refusal(put(tmp_path, "a.txt", b"\x01\x02\x03" + content))


def test_white_space_alone_is_refused(tmp_path: Path) -> None:
    assert "white space" in refusal(put(tmp_path, "a.txt", b" \n\t\n"))


def test_a_scan_is_refused(tmp_path: Path) -> None:
    line = refusal(put(tmp_path, "a.pdf", bad.scanned_pdf(None, None)))
    assert line.startswith("scanned pages without text; run OCR first")


def test_a_scanned_page_among_others_is_noted_and_the_rest_read(tmp_path: Path) -> None:
    source = read_source(
        put(tmp_path, "a.pdf", bad.scanned_pdf(ENGLISH, None, ENGLISH)), ReadLimits()
    )
    assert sum("Conference" in block.text for block in source.blocks) == 2
    (note,) = source.notes
    assert note.startswith("page 2: scanned")


def test_a_pdf_of_empty_pages_is_refused(tmp_path: Path) -> None:
    assert "without text" in refusal(put(tmp_path, "a.pdf", bad.text_pdf(" ", " ")))


GARBLED = {
    "Cyrillic read as Latin": RUSSIAN.encode("cp1251").decode("cp1252"),
    "Cyrillic in another Cyrillic": RUSSIAN.encode("koi8-r").decode("cp1251"),
    "UTF-8 read byte by byte": ("Décidé à Genève : sécheresse, dégradation. " * 12)
    .encode()
    .decode("cp1252"),
    "private use": bad.private_use(ENGLISH),
    "replacement characters": re.sub("[aeiou]", "\ufffd", ENGLISH),
    "shifted letters": "".join(
        chr((ord(c) - 97 + 3) % 26 + 97) if "a" <= c <= "z" else c for c in ENGLISH
    ),
}


@pytest.mark.parametrize("kind", sorted(GARBLED))
def test_garbled_text_is_refused(kind: str, tmp_path: Path) -> None:
    assert "garbled" in refusal(put(tmp_path, "a.txt", GARBLED[kind].encode()))


@pytest.mark.parametrize("kind", ["Cyrillic read as Latin", "shifted letters"])
def test_a_garbled_pdf_is_refused(kind: str, tmp_path: Path) -> None:
    assert "garbled" in refusal(put(tmp_path, "a.pdf", bad.text_pdf(GARBLED[kind])))


def test_garbled_chinese_and_arabic_are_refused(tmp_path: Path) -> None:
    chinese = "缔约方会议请秘书处加强伙伴关系，并就各国自愿目标提出报告。" * 8
    arabic = "طلب مؤتمر الأطراف إلى الأمانة تعزيز الشراكات وتقديم تقرير عن الأهداف الطوعية. " * 8
    for text, encoding in ((chinese, "gb18030"), (arabic, "cp1256")):
        garbled = text.encode(encoding).decode("cp1252", "ignore")
        assert "garbled" in refusal(put(tmp_path, "a.txt", garbled.encode()))


def test_a_file_above_the_limit_is_refused_unread(tmp_path: Path) -> None:
    bad.sparse(tmp_path / "a.pdf", 500)
    line = refusal(tmp_path / "a.pdf")
    assert line.startswith("500 MB, larger than the limit of 100 MB; raise LANDBRIEF_MAX_FILE_MB")


def test_the_limits_are_settings(tmp_path: Path) -> None:
    path = put(tmp_path, "a.pdf", bad.text_pdf(*[ENGLISH] * 4))
    assert "4 pages" in refusal(path, ReadLimits(max_pages=3))
    assert read_source(path, ReadLimits(max_pages=4)).blocks
    big = put(tmp_path, "a.txt", ENGLISH.encode() * 4000)
    assert "limit of 1 MB" in refusal(big, ReadLimits(max_file_mb=1))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert "not a regular file" in refusal(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert "not a regular file" in refusal(tmp_path / "b.txt")
    assert "no such file" in refusal(tmp_path / "c.txt")


def test_a_link_that_leads_outside_is_refused_and_one_inside_is_not(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out.txt"
    (inside / "deep").mkdir(parents=True)
    outside.write_text("secret")
    (inside / "a.txt").write_text("text")
    (inside / "deep" / "link.txt").symlink_to(inside / "a.txt")
    check_inside(inside / "a.txt", inside)
    check_inside(inside / "deep" / "link.txt", inside)
    (inside / "bad.txt").symlink_to(outside)
    (inside / "up").symlink_to(tmp_path)
    (inside / "broken.txt").symlink_to(inside / "gone.txt")
    for path in (inside / "bad.txt", inside / "up" / "out.txt", inside / ".." / "out.txt"):
        with pytest.raises(UnreadableFile, match="outside of the folder"):
            check_inside(path, inside)
    with pytest.raises(UnreadableFile, match="broken"):
        check_inside(inside / "broken.txt", inside)


def test_real_text_in_six_languages_is_not_taken_for_garbled(tmp_path: Path) -> None:
    for text in (
        ENGLISH,
        RUSSIAN,
        "LA CONFÉRENCE DES PARTIES A DÉCIDÉ D’ÉLABORER UN PROTOCOLE. " * 8,
        "La Conferencia de las Partes decidió que el año próximo se reuniría en Panamá. " * 8,
        "缔约方会议请秘书处加强伙伴关系，并就各国自愿目标提出报告。" * 8,
        "طلب مؤتمر الأطراف إلى الأمانة تعزيز الشراكات وتقديم تقرير عن الأهداف الطوعية. " * 8,
        "Kenya, Qatar, Kyrgyzstan, Zimbabwe, Kazakhstan, Djibouti, Fiji, Iraq, Yemen. " * 8,
    ):
        assert read_source(put(tmp_path, "a.txt", text.encode()), ReadLimits()).blocks
