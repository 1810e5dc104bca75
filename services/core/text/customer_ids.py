"""What makes two spellings of a customer's id the same customer: the one rule of import and look-up."""

from __future__ import annotations

import re
import unicodedata

#: Longer ids are not ids: a row that has one is unreadable, a look-up finds nobody.
MAX_LENGTH = 64

#: Blanks of every kind that keyboards, spreadsheets and web pages leave around a value.
BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
)

#: A whole number that a spreadsheet turned into a decimal one; the zeros in front belong to the id.
WHOLE_NUMBER = r"^([0-9]+)(?:\.0+|,0)$"

#: An apostrophe that our own files put before what a spreadsheet would run (``services.core.text.cells``).
GUARDED = (
    "^'([=+\\-@\u207a\u207c\u208a\u208c\u2a75\u2a76\ufb29\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])"
)


#: An id that is an e-mail: capitals, and how its letters are composed, tell nobody apart.
EMAIL = r"^[^ \t\r\n@]+@[^ \t\r\n@]+\.[^ \t\r\n@.0-9]{2,}$"


def canonical_id(text: str) -> str | None:
    """Give the form under which a customer's id is stored and looked up.

    Parameters
    ----------
    text : str
        The id as typed or as it stood in the file.

    Returns
    -------
    str or None
        The text without surrounding blanks, without ``.0`` or ``,0`` behind a whole number, and without
        the apostrophe that keeps a spreadsheet from running it; an e-mail in small letters, composed
        (Unicode form NFC). All else (case, leading zeros, ``1E5``) is kept. None where nothing is left.

    Examples
    --------
    >>> canonical_id(" 12346.0 "), canonical_id("00123"), canonical_id("'=1+1"), canonical_id(" ")
    ('12346', '00123', '=1+1', None)
    >>> canonical_id("Ann@X.org"), canonical_id("Ann")
    ('ann@x.org', 'Ann')
    """
    return folded(as_typed(text)) or None


def as_typed(text: str) -> str:
    """Give an id as ``canonical_id`` does, but an e-mail as it is written."""
    kept = re.sub(GUARDED, r"\1", text.strip(BLANKS))
    return re.sub(WHOLE_NUMBER, r"\1", kept)


def folded(customer_id: str) -> str:
    """Spell an id that is an e-mail as all its spellings are stored; other ids stay."""
    if not re.match(EMAIL, customer_id):
        return customer_id
    # letter by letter, as the engine does: a letter never becomes two
    small = "".join(letter.lower()[0] for letter in customer_id)
    return unicodedata.normalize("NFC", small)
