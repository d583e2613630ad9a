"""Photos from a walk: what a phone took becomes a small upright picture that tells nothing but what it shows."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import IO

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 1600
QUALITY = 82
KINDS = ("JPEG", "PNG", "WEBP")
# Where a HEIF file names its kind (ISO/IEC 23008-12), and the names that phones write there.
HEIC_AT = slice(4, 12)
HEIC_KINDS = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftyphevx", b"ftypheim", b"ftypheis", b"ftypmif1", b"ftypmsf1")


class PhotoTooLarge(ValueError):
    """More bytes or more pixels than a phone's photo has."""


class PhotoUnreadable(ValueError):
    """No picture of a kind that is read here."""


class PhotoIsHeic(PhotoUnreadable):
    """A photo as an iPhone keeps it. It is not read here: that takes a decoder for video."""


@dataclass(frozen=True)
class Photo:
    """A JPEG without a word about where, when or with what it was taken."""

    content: bytes
    width: int
    height: int


def cleaned(file: IO[bytes], size: int) -> Photo:
    """The picture drawn anew from its pixels: nothing else of the file goes along."""
    if size > MOST_BYTES:
        raise PhotoTooLarge
    if file.read(HEIC_AT.stop)[HEIC_AT] in HEIC_KINDS:
        raise PhotoIsHeic
    file.seek(0)
    # Imported here: no other page needs it.
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=KINDS) as raw:
                if raw.width * raw.height > MOST_PIXELS:
                    raise PhotoTooLarge
                raw.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                drawn = ImageOps.exif_transpose(raw).convert("RGB")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise PhotoTooLarge from None
    except PhotoTooLarge:
        raise
    except (OSError, SyntaxError, ValueError, EOFError):  # what Pillow raises for a broken picture
        raise PhotoUnreadable from None
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn.info.clear()
    made = io.BytesIO()
    drawn.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Photo(made.getvalue(), drawn.width, drawn.height)
