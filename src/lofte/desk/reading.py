"""A file becomes a draft: a document in words, or a promise in the format medborgarlofte/1."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from lofte.core.events import record
from lofte.core.states import PromiseState
from lofte.exchange.reading import FileRefused, load, parse
from lofte.parties.models import Cycle, User
from lofte.places.models import Municipality
from lofte.promises.actions import chain_of
from lofte.promises.from_document import draft_from_document
from lofte.promises.models import CitizenPromise
from lofte.promises.readings import Reading
from lofte_engine.errors import DocumentError
from lofte_engine.sources.documents import read_text
from lofte_engine.text.messages import DOCUMENT_MESSAGES
from lofte_engine.text.promise_document import PromiseDocument, read_promise

MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Read:
    """`is_new` False: the promise was here already, just as in the file."""

    promise: CitizenPromise
    reading: Reading
    is_new: bool = True


def read_file(
    upload: UploadedFile[bytes],
    *,
    municipality: Municipality,
    own: Sequence[Municipality],
    by: User,
    year_if_unknown: int,
) -> Read:
    """Read an uploaded file, or raise FileRefused with sentences for the one who sent it. The file is not kept."""
    if (upload.size or 0) > MAX_BYTES:
        raise FileRefused([DOCUMENT_MESSAGES["too_large"]])
    name = upload.name or _("fil utan namn")
    if name.lower().endswith(".json"):
        return _read_record(upload.read(), name, municipality, by)
    return _read_document(upload, name, municipality, own, by, year_if_unknown)


def _read_document(
    upload: UploadedFile[bytes],
    name: str,
    municipality: Municipality,
    own: Sequence[Municipality],
    by: User,
    year_if_unknown: int,
) -> Read:
    document = _document(upload)
    given = document.as_dict()
    code = (given["municipality"] or {}).get("code")
    if code and code != municipality.code:
        raise FileRefused([_not_this_kommun(given["municipality"]["name"], municipality, own)])
    promise = draft_from_document(
        document, source_name=name, municipality=municipality, by=by.key, year_if_unknown=year_if_unknown
    )
    guessed = dict(given["guessed"])
    if not given["period"]:
        guessed["period"] = _("Perioden står inte i filen.")
    return Read(promise, Reading(name, guessed, tuple(part["text"] for part in given["unplaced"])))


def _not_this_kommun(name: str, municipality: Municipality, own: Sequence[Municipality]) -> str:
    if any(each.name == name for each in own):
        return _("Filen handlar om {name}. Välj den kommunen och försök igen.").format(name=name)
    return _("Filen handlar om {name}, men du arbetar i {here}. Välj en annan fil.").format(
        name=name, here=municipality
    )


def _document(upload: UploadedFile[bytes]) -> PromiseDocument:
    with tempfile.NamedTemporaryFile() as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
        kept.flush()
        try:
            return read_promise(read_text(kept.name))
        except DocumentError as error:
            raise FileRefused([DOCUMENT_MESSAGES[error.code]]) from None


def _read_record(raw: bytes, name: str, municipality: Municipality, by: User) -> Read:
    given = parse(raw)
    if given["municipality"]["code"] != municipality.code:
        raise FileRefused([_not_this_kommun(given["municipality"]["name"], municipality, ())])
    slug = given["promise"]["slug"]
    if CitizenPromise.objects.filter(municipality=municipality, slug=slug).exists():
        return Read(load(given).promise, Reading(name), is_new=False)
    if given["cycle"].get("mode", Cycle.Mode.WHOLE) != Cycle.Mode.FOLLOW:
        raise FileRefused([_("Filen hör till ett helt år med underskrifter. Den läses in med kommandot lofte import.")])
    return _read_new(given, name, by)


@transaction.atomic
def _read_new(given: dict, name: str, by: User) -> Read:  # type: ignore[type-arg]
    """A promise that is out elsewhere is a draft here until somebody has looked at it and said yes."""
    after = given["promise"].get("state", "")
    draft = given | {"promise": given["promise"] | {"state": PromiseState.DRAFT.value}}
    promise = load(draft).promise
    record("promise.read", chain=chain_of(promise), target=promise, actor=by.key)
    return Read(promise, Reading(name, after=after))
