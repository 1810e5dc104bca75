"""The settings by name, each with what reads its text: the order in which they are read and told."""

from __future__ import annotations

from collections.abc import Callable

from services.site import setting_values as values
from services.site.oidc_settings import READERS as OIDC_READERS
from services.site.push_settings import READERS as PUSH_READERS

READERS: dict[str, Callable[[str, str], object]] = {
    "HOST": values.host,
    "PORT": values.whole(0, 65535),
    "WEB_CONCURRENCY": values.whole(1, 64),
    "MODELS_DIR": values.path,
    "MODELS_URL": values.store,
    "STATE_DIR": values.path,
    "DATA": values.path,
    "PRESET": values.text,
    "TRAIN_OPTIONS": values.text,
    "TRAINING_MEMORY_MB": values.whole(1_000, 1_000_000),
    "ENGINE_MEMORY_MB": values.whole(250, 1_000_000),
    "ALLOW_OPEN": values.switch,
    "SECRET_KEY": values.secret,
    "DATABASE_URL": values.database,
    "TRUSTED_PROXIES": values.whole(0, 9),
    "TRUSTED_HOSTS": values.names,
    **OIDC_READERS,
    "CURRENCY": values.currency,
    "LOCALE": values.locale,
    "TIME_ZONE": values.time_zone,
    "PHONE_COUNTRY": values.country,
    "MAX_UPLOAD_MB": values.whole(1, 4096),
    "LEDGER_MONTHS": values.whole(1, 1200),
    "SOURCE_FOLDER": values.path,
    "SOURCE_URL": values.source_database,
    "SOURCE_QUERY": values.query,
    "SOURCE_EVERY": values.interval,
    "SOURCE_TRAIN": values.switch,
    "DATA_MAX_AGE_DAYS": values.whole(0, 36_500),
    "RETRAIN_AT": values.one_of("some", "large"),
    "ALERT_ERROR_PERCENT": values.whole(1, 100),
    "ALERT_SLOW_MS": values.whole(1, 60_000),
    "ALERT_DISK_PERCENT": values.whole(1, 99),
    "ALERT_WEBHOOK_URL": values.receiver,
    "ALERT_WEBHOOK_SECRET": values.secret,
    "SMTP_HOST": values.host,
    "SMTP_PORT": values.whole(1, 65535),
    "SMTP_TLS": values.one_of("starttls", "tls", "none"),
    "SMTP_USER": values.in_ascii,
    "SMTP_PASSWORD": values.in_ascii,
    "SMTP_FROM": values.mail_address,
    "DIGEST_HOSTS": values.hosts,
    "DIGEST_SECRET": values.secret,
    **PUSH_READERS,
    "MCP": values.switch,
    "LLM_BASE_URL": values.web_address,
    "LLM_API_KEY": values.text,
    "LLM_MODEL": values.text,
}
