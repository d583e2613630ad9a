"""Named errors of the engine."""


class LofteEngineError(ValueError):
    """Base of every error the engine raises on purpose."""


class DocumentError(LofteEngineError):
    """A document that cannot be read as a promise.

    Parameters
    ----------
    code : str
        One of the keys of `DOCUMENT_SENTENCES`.

    Attributes
    ----------
    code : str
        What is wrong, as a stable word; the interface chooses its own sentence by it.

    Examples
    --------
    >>> DocumentError("empty").code
    'empty'
    >>> str(DocumentError("encrypted"))
    'The document is protected by a password.'
    """

    def __init__(self, code: str) -> None:
        super().__init__(DOCUMENT_SENTENCES[code])
        self.code = code


DOCUMENT_SENTENCES: dict[str, str] = {
    "not_found": "There is no such file.",
    "unreadable": "The file cannot be opened.",
    "empty": "The document is empty.",
    "binary": "The file is not text.",
    "too_large": "The document is larger than a promise can be (20 MB or 200 000 characters).",
    "encrypted": "The document is protected by a password.",
    "no_text": "The pdf holds no text, only pictures of it.",
    "unknown_format": "The file is neither plain text, docx nor pdf.",
    "damaged": "The file is damaged and cannot be read.",
    "not_swedish": "The document is not in Swedish.",
    "no_promise": "No promise was found in the document.",
}
