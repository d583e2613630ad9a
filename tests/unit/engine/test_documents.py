"""Files as they come: encodings, Word, pdf, and what is refused with one sentence."""

import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pypdf
import pytest

from lofte_engine.errors import DOCUMENT_SENTENCES, DocumentError
from lofte_engine.sources.documents import LARGEST_FILE, read_text
from lofte_engine.text.messages import DOCUMENT_MESSAGES
from lofte_engine.text.promise_document import read_promise

SENTENCE = "Polisen och Åmåls kommun lovar att färre ska känna oro – ”i år”."


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(data: bytes) -> Path:
        path = tmp_path / "promise"
        path.write_bytes(data)
        return path

    return write


def code_of(path: Path) -> str:
    with pytest.raises(DocumentError) as refused:
        read_text(path)
    return refused.value.code


def pdf(content: bytes, *, password: str | None = None) -> bytes:
    """A pdf of one page, drawn by hand."""
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = pypdf.generic.DictionaryObject(
        {
            pypdf.generic.NameObject(key): pypdf.generic.NameObject(value)
            for key, value in {
                "/Type": "/Font",
                "/Subtype": "/Type1",
                "/BaseFont": "/Helvetica",
                "/Encoding": "/WinAnsiEncoding",
            }.items()
        }
    )
    fonts = pypdf.generic.DictionaryObject({pypdf.generic.NameObject("/F1"): font})
    page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject("/Font"): fonts}
    )
    stream = pypdf.generic.DecodedStreamObject()
    stream.set_data(content)
    page[pypdf.generic.NameObject("/Contents")] = stream
    if password is not None:
        writer.encrypt(password, "owner", algorithm="RC4-128")
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def lines_of_pdf(*lines: str) -> bytes:
    shown = b"".join(b"(" + line.encode("cp1252") + b") Tj T* " for line in lines)
    return b"BT /F1 11 Tf 14 TL 50 780 Td " + shown + b"ET"


def archive(name: str, content: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_in_any_encoding(file: Callable[[bytes], Path], encoding: str) -> None:
    assert read_text(file(SENTENCE.encode(encoding))) == SENTENCE


def test_line_ends_and_letters_are_made_alike(file: Callable[[bytes], Path]) -> None:
    assert read_text(file("a\r\nA\u030a\rb".encode())) == "a\nÅ\nb"


def test_docx_keeps_order_of_paragraphs_lists_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Åmåls kommun"
    document.add_heading("Våra löften", level=1)
    document.add_paragraph("Polisen ska stå vid skolan.", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Tända lampor", "Kommunen"
    document.add_paragraph("Uppföljning")
    document.save(str(tmp_path / "promise.docx"))

    lines = [line for line in read_text(tmp_path / "promise.docx").split("\n") if line]

    bullet = "• Polisen ska stå vid skolan."
    assert lines == ["Åmåls kommun", "Våra löften", bullet, "Tända lampor\tKommunen", "Uppföljning"]


def test_docx_signatures_side_by_side(tmp_path: Path) -> None:
    document = docx.Document()
    for line in ("Medborgarlöfte 2018 i Åmåls kommun", "Våra löften"):
        document.add_heading(line)
    document.add_paragraph("Polisen ska stå vid skolan.", style="List Bullet")
    document.add_paragraph("Åmål 2018-02-05")
    table = document.add_table(rows=1, cols=2)
    for column, role in enumerate(("Kommunchef", "Lokalpolisområdeschef")):
        table.cell(0, column).text = f"Förnamn Efternamn\n{role}"
        table.cell(0, column).add_paragraph("Åmål")
    document.save(str(tmp_path / "promise.docx"))

    draft = read_promise(read_text(tmp_path / "promise.docx"))

    assert [(signer.role, signer.organisation) for signer in draft.signers] == [
        ("Kommunchef", "Åmål kommun"),
        ("Lokalpolisområdeschef", "Polisen"),
    ]


def test_pdf_with_text_is_a_promise(file: Callable[[bytes], Path]) -> None:
    lines = ("Medborgarlöfte 2018 i Åmåls kommun", "Våra löften", "- Polisen ska stå", "vid skolan varje dag.")

    draft = read_promise(read_text(file(pdf(lines_of_pdf(*lines)))))

    assert [pledge.text for pledge in draft.pledges] == ["Polisen ska stå vid skolan varje dag."]


def test_pdf_locked_only_against_printing_is_read(file: Callable[[bytes], Path]) -> None:
    locked = pdf(lines_of_pdf("Polisen lovar att vara mer synlig i centrum."), password="")

    assert "mer synlig" in read_text(file(locked))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (" \n\ufeff".encode("utf-8-sig"), "empty"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        (b"text\x81\x8d" * 9, "binary"),
        (b"{\\rtf1 Polisen lovar}", "unknown_format"),
        (b"<!DOCTYPE html><p>Polisen lovar", "unknown_format"),
        (archive("content.xml", b"<odt/>"), "unknown_format"),
        (archive("word/document.xml", b"<not closed"), "damaged"),
        (archive("word/document.xml", bytes(31 * 1024 * 1024)), "too_large"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (b"%PDF-1.7\nnothing more", "damaged"),
        (pdf(lines_of_pdf("hemligt"), password="lösen"), "encrypted"),
        (pdf(b"0 0 100 100 re f"), "no_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "unknown_format"),
    ],
)
def test_bad_files_are_refused_by_name(file: Callable[[bytes], Path], data: bytes, code: str) -> None:
    assert code_of(file(data)) == code


def test_docx_with_a_password_flag_is_refused(file: Callable[[bytes], Path]) -> None:
    packed = bytearray(archive("word/document.xml", b"<x/>"))
    central = packed.index(b"PK\x01\x02")
    packed[central + 8 : central + 10] = struct.pack("<H", 1)

    assert code_of(file(bytes(packed))) == "encrypted"


def test_too_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as sparse:
        sparse.truncate(200 * 1024 * 1024)

    assert path.stat().st_size > LARGEST_FILE
    assert code_of(path) == "too_large"


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path / "nothing.txt") == "not_found"
    assert code_of(tmp_path) == "unreadable"


def test_every_error_has_a_sentence_in_both_languages() -> None:
    assert set(DOCUMENT_SENTENCES) == set(DOCUMENT_MESSAGES)
    assert all(text.endswith(".") for text in [*DOCUMENT_SENTENCES.values(), *DOCUMENT_MESSAGES.values()])
