"""What the environment gives for a setting: the value itself or, of a secret, the file that holds it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from services.core.refusals import Refusal

SECRETS = (
    "SECRET_KEY",
    "DATABASE_URL",
    "SOURCE_URL",
    "ALERT_WEBHOOK_SECRET",
    "OIDC_CLIENT_SECRET",
    "SMTP_PASSWORD",
    "DIGEST_SECRET",
    "PUSH_KEY",
    "PUSH_SECRET",
    "LLM_API_KEY",
)
"""Settings that may stand in a file of their own, as containers and systemd hand secrets over."""
FILE = "_FILE"


def given(name: str, environment: Mapping[str, str], prefix: str) -> str | None:
    """Return the text of a setting; None where nothing is given, or nothing but an empty text.

    Parameters
    ----------
    name : str
    environment : Mapping[str, str]
    prefix : str
        The spelling with it wins.

    Raises
    ------
    Refusal
        If a secret is given twice, or its file cannot be read or is empty.
    """
    text = _either(name, environment, prefix)
    path = _either(name + FILE, environment, prefix) if name in SECRETS else None
    if path is None:
        return text
    if text is not None:
        raise Refusal(f"{name} and {name}{FILE} are both set: remove one of them.", name)
    try:
        held = Path(path).read_text("utf-8").strip()
    except OSError as fault:
        raise Refusal(f"{name}{FILE} names “{path}”, which cannot be read: {fault.strerror}.", name) from None
    except UnicodeDecodeError:
        raise Refusal(f"{name}{FILE} names “{path}”, which is not UTF-8 text.", name) from None
    if not held:
        raise Refusal(f"{name}{FILE} names “{path}”, which is empty: write the value into it.", name)
    return held


def _either(name: str, environment: Mapping[str, str], prefix: str) -> str | None:
    return environment.get(prefix + name) or environment.get(name) or None
