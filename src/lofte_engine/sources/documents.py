"""The text of a document: plain text, Word or pdf."""

import logging
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

from lofte_engine.errors import DocumentError

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 20 * MEBIBYTE
LARGEST_UNPACKED = 100 * MEBIBYTE
LARGEST_PART = 30 * MEBIBYTE
MOST_PAGES = 300
MOST_CHARACTERS = 2_000_000
_FEWEST_LETTERS = 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_OTHER_FORMATS = (b"{\\rtf", b"<!doctype html", b"<html", b"<?xml")
_MOST_CONTROL_CHARACTERS = 0.01
# What the parsers of hostile files are known to raise besides their own errors.
_PARSER_FAULTS = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    SyntaxError,
    OSError,
    EOFError,
    zlib.error,
    struct.error,
    zipfile.BadZipFile,
)


def read_text(path: str | PathLike[str]) -> str:
    """The text of a file, in reading order.

    Parameters
    ----------
    path : str or path
        A plain text (utf-8, utf-16 or windows-1252), docx or pdf; told by content, not by name.

    Returns
    -------
    str
        The text with ``\\n`` as line end and composed characters (NFC).

    Raises
    ------
    DocumentError
        With code "not_found", "unreadable", "empty", "too_large", "binary", "unknown_format", "encrypted",
        "no_text" or "damaged".

    Notes
    -----
    The size is looked at before anything is read. In a docx, headers come first and footers last; list items
    get a bullet, cells of a table row are parted by tabs, and text boxes follow the paragraph they hang on.

    Examples
    --------
    >>> read_text("no such file")
    Traceback (most recent call last):
    ...
    lofte_engine.errors.DocumentError: There is no such file.
    """
    text = _text_of(_bytes_of(Path(path)))
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if not any(map(str.isalnum, text)):
        raise DocumentError("empty")
    return text


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise DocumentError("too_large")
        # A device or a growing file can hold more than its size says.
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise DocumentError("not_found") from error
    except OSError as error:
        raise DocumentError("unreadable") from error
    if not data:
        raise DocumentError("empty")
    if len(data) > LARGEST_FILE:
        raise DocumentError("too_large")
    return data


def _text_of(data: bytes) -> str:
    if b"%PDF-" in data[:1024]:
        return _pdf_text(data)
    if data.startswith(b"PK"):
        return _docx_text(data)
    if data.startswith(_OLE):
        raise DocumentError("encrypted" if _ENCRYPTED_OFFICE in data else "unknown_format")
    if data[:64].lstrip().lower().startswith(_OTHER_FORMATS):
        raise DocumentError("unknown_format")
    return _plain_text(data)


def _plain_text(data: bytes) -> str:
    text = _decoded(data)
    controls = sum(unicodedata.category(character) == "Cc" and not character.isspace() for character in text)
    if controls > _MOST_CONTROL_CHARACTERS * len(text):
        raise DocumentError("binary")
    return text


def _decoded(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DocumentError("binary")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    sample = data[:4096]
    # Swedish in utf-16 has a zero in nearly every other byte; no other text has any.
    if b"\0" in sample:
        zeros = [sample[start::2].count(0) * 4 > len(sample) for start in (0, 1)]
        return ("utf-16-be",) if zeros[0] and not zeros[1] else ("utf-16-le",) if zeros[1] and not zeros[0] else ()
    return ("utf-8-sig", "cp1252")


def _docx_text(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _refuse_bad_archive(archive)
    except _PARSER_FAULTS as error:
        if isinstance(error, DocumentError):
            raise
        raise DocumentError("damaged") from error
    # Loaded here: Word support costs a quarter of a second that plain text should not pay.
    from docx import Document

    from lofte_engine.sources.docx_text import lines_of

    try:
        return "\n".join(lines_of(Document(BytesIO(data))))
    except _PARSER_FAULTS as error:
        raise DocumentError("damaged") from error


def _refuse_bad_archive(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if "word/document.xml" not in archive.namelist():
        raise DocumentError("unknown_format")
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError("encrypted")
    unpacked = sum(part.file_size for part in parts)
    largest = max(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if unpacked > LARGEST_UNPACKED or largest > LARGEST_PART:
        raise DocumentError("too_large")


def _pdf_text(data: bytes) -> str:
    # Loaded here for the same reason as Word.
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    try:
        with _quiet("pypdf"):
            reader = PdfReader(BytesIO(data))
            # Many pdfs are only locked against printing and open with an empty password.
            if reader.is_encrypted and not reader.decrypt(""):
                raise DocumentError("encrypted")
            return _text_of_pages(reader)
    except DocumentError:
        raise
    except (FileNotDecryptedError, DependencyError) as error:
        raise DocumentError("encrypted") from error
    except (PyPdfError, *_PARSER_FAULTS) as error:
        raise DocumentError("damaged") from error


def _text_of_pages(reader: Any) -> str:
    if len(reader.pages) > MOST_PAGES:
        raise DocumentError("too_large")
    pages: list[str] = []
    length = 0
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > MOST_CHARACTERS:
            raise DocumentError("too_large")
    text = "\n\n".join(pages)
    if sum(character.isalpha() for character in text) < _FEWEST_LETTERS:
        raise DocumentError("no_text")
    return text


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library from writing its own complaints beside our one sentence."""
    children = [child for child in logging.root.manager.loggerDict if child.startswith(f"{name}.")]
    loggers = [logging.getLogger(one) for one in (name, *children)]
    before = [logger.disabled for logger in loggers]
    try:
        for logger in loggers:
            logger.disabled = True
        yield
    finally:
        for logger, disabled in zip(loggers, before, strict=True):
            logger.disabled = disabled
