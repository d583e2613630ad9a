"""Lists of words, written as running text so that they can be read and sorted by eye."""


def word_set(words: str) -> frozenset[str]:
    """The words of a list.

    Parameters
    ----------
    words : str
        Words with blanks or line ends between them.

    Returns
    -------
    frozenset of str
        Each once.

    Examples
    --------
    >>> sorted(word_set("och samt"))
    ['och', 'samt']
    """
    return frozenset(words.split())
