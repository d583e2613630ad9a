"""What can be wrong with a table that is to be protected or attacked."""

from lofte_engine.errors import LofteEngineError


class DisclosureError(LofteEngineError):
    """A table, hierarchy or earlier release that can't be worked on.

    Parameters
    ----------
    code : str
        A stable word for what is wrong; the interface chooses its own sentence by it.
    **details : object
        What the sentence needs: row, column, value, code of an area.

    Examples
    --------
    >>> problem = DisclosureError("negative", row=3, value="-1")
    >>> problem.code, problem.details["row"]
    ('negative', 3)
    """

    def __init__(self, code: str, /, **details: object) -> None:
        super().__init__(f"{code}: {details}" if details else code)
        self.code = code
        self.details = details
