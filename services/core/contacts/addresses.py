"""E-mails and phone numbers as files write them, in the one form in which they are kept."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from services.core.text.customer_ids import BLANKS

_RUNS = ("=", "+", "-", "@")
_WHOLE = re.compile(r"(\d+)[.,]0+")
_LONGEST = 60


def email_of(text: str) -> str | None:
    """Give an e-mail in small letters, None where it can be none; its domain is not asked.

    One that a spreadsheet would run is none: whoever opens a file with it would run it.

    Examples
    --------
    >>> email_of(" Ann.Lee@Example.ORG "), email_of("ann@example"), email_of("=1+1@example.org")
    ('ann.lee@example.org', None, None)
    """
    bare = text.strip(BLANKS).removeprefix("mailto:")
    if bare.startswith(_RUNS):
        return None
    try:
        return validate_email(bare, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return None


def phone_of(text: str, country: str) -> str | None:
    """Give a phone number as E.164, None where there is no such number.

    Parameters
    ----------
    text : str
        With a country's prefix, or as it is dialled in ``country``.
    country : str
        ISO 3166-1, two capitals.

    Examples
    --------
    >>> phone_of("07911 123456", "GB"), phone_of("'+49 30 901820", "GB"), phone_of("447911123456.0", "GB")
    ('+447911123456', '+4930901820', '+447911123456')
    >>> phone_of("4.47911E+11", "GB"), phone_of("12345", "GB")
    (None, None)
    """
    bare = text.strip(BLANKS).removeprefix("'")
    whole = _WHOLE.fullmatch(bare)
    bare = whole[1] if whole else bare
    if len(bare) > _LONGEST or "e+" in bare.lower():
        return None
    try:
        number = phonenumbers.parse(bare, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
