"""What settings lack that can each be read, but only work with another one."""

from __future__ import annotations

from collections.abc import Iterator, Set
from importlib.util import find_spec
from typing import TYPE_CHECKING

from services.core.refusals import Refusal
from services.site import oidc_settings, push_settings
from services.site import setting_values as values

if TYPE_CHECKING:
    from services.site.settings import Settings


def missing(settings: Settings, wrong: Set[str | None]) -> Iterator[Refusal]:
    """Give what is wrong with settings that can each be read, under the name that is missing.

    ``wrong`` are the settings of which something is said already.
    """
    keyless = settings.hosted and not settings.secret_key
    if not settings.local and not settings.trusted_proxies:
        key = f"Also set SECRET_KEY to {values.MAKE_ONE}. " if keyless and "SECRET_KEY" not in wrong else ""
        yield Refusal(
            f"HOST {settings.host} lets other computers reach the site, and passwords are only accepted over "
            "https: put a proxy such as nginx in front and set TRUSTED_PROXIES to 1, as docs/deployment.md "
            f"shows. {key}For this computer alone, use HOST 127.0.0.1 instead.",
            "TRUSTED_PROXIES",
        )
    elif keyless:
        yield Refusal(
            f"{_why_hosted(settings)}, so everybody has to sign in: set SECRET_KEY to {values.MAKE_ONE}.",
            "SECRET_KEY",
        )
    if settings.models_url:
        library = "s3fs" if settings.models_url.startswith("s3:") else "fsspec"
        if find_spec(library) is None:
            yield Refusal(
                f"MODELS_URL is set: install what reaches it with .venv/bin/python -m pip install {library}.",
                "MODELS_URL",
            )
    if settings.source_url and not settings.source_query:
        yield Refusal(
            "SOURCE_URL is set: name the table or the SELECT to read with SOURCE_QUERY.", "SOURCE_QUERY"
        )
    if settings.source_query and not settings.source_url:
        yield Refusal("SOURCE_QUERY is set: name the database to ask with SOURCE_URL.", "SOURCE_URL")
    if settings.alert_webhook_url and not settings.alert_webhook_secret:
        yield Refusal(
            f"ALERT_WEBHOOK_URL is set: set ALERT_WEBHOOK_SECRET to {values.MAKE_ONE}, and have the receiver "
            "check the signature with it.",
            "ALERT_WEBHOOK_SECRET",
        )
    yield from _of_mail(settings)
    yield from oidc_settings.missing(settings)
    yield from push_settings.missing(settings)
    if settings.llm_base_url and not settings.llm_model:
        yield Refusal("LLM_BASE_URL is set: name the model to ask with LLM_MODEL.", "LLM_MODEL")


def _of_mail(settings: Settings) -> Iterator[Refusal]:
    if settings.smtp_host and not settings.smtp_from:
        yield Refusal("SMTP_HOST is set: name the address that mail comes from with SMTP_FROM.", "SMTP_FROM")
    if settings.smtp_user and not settings.smtp_password:
        yield Refusal("SMTP_USER is set: set SMTP_PASSWORD to its password.", "SMTP_PASSWORD")
    if settings.smtp_password and not settings.smtp_user:
        yield Refusal("SMTP_PASSWORD is set: set SMTP_USER to whose password it is.", "SMTP_USER")
    if settings.smtp_user and settings.smtp_tls == "none":
        yield Refusal(
            "SMTP_TLS is none, so SMTP_PASSWORD could be read on its way: set SMTP_TLS to starttls or tls.",
            "SMTP_TLS",
        )


def _why_hosted(settings: Settings) -> str:
    if not settings.local:
        return f"HOST {settings.host} lets other computers reach the site"
    if settings.trusted_proxies:
        return f"TRUSTED_PROXIES {settings.trusted_proxies} says that people come through a proxy"
    if settings.oidc_issuer:
        return "OIDC_ISSUER names who people sign in with"
    return "ALLOW_OPEN 0 closes the site to people without an account"
