"""What a provider says of itself, and the keys it signs with: asked for when needed, anew after an hour."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Annotated, Any

from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, KeySet
from pydantic import AfterValidator, BaseModel, ValidationError

from services.site.oidc_settings import secure
from services.site.provider.asking import SECONDS, Unusable, fetched

HOLDS_SECONDS = 3_600.0
AGAIN_SECONDS = 60.0
"""How long a token with an unknown key makes nobody ask for keys once more."""
REST_SECONDS = 5.0
"""How long a provider that did not answer is left alone."""
_SIGNATURES = frozenset(
    {*(kind + bits for kind in ("RS", "PS", "ES") for bits in ("256", "384", "512")), "EdDSA", "Ed25519"}
)
"""Made with a key that the provider alone has."""


def _secure(address: str) -> str:
    if not secure(address):
        raise ValueError("neither https nor this computer")
    return address


Address = Annotated[str, AfterValidator(_secure)]


class Document(BaseModel):
    """The part of a provider's document that is used here (OpenID Connect Discovery 1.0, section 3)."""

    issuer: str
    authorization_endpoint: Address
    token_endpoint: Address
    jwks_uri: Address
    end_session_endpoint: Address | None = None
    id_token_signing_alg_values_supported: list[str] = ["RS256"]
    token_endpoint_auth_methods_supported: list[str] = ["client_secret_basic"]
    scopes_supported: list[str] = []

    @property
    def signatures(self) -> list[str]:
        """How its tokens may be signed: never not at all, and never with what is no secret of its own."""
        return [each for each in self.id_token_signing_alg_values_supported if each in _SIGNATURES]


class Known:
    """What is known of one provider; threads that ask at once ask it once.

    Parameters
    ----------
    issuer : str
    clock : callable
        Seconds; tests turn it.
    """

    def __init__(self, issuer: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._issuer = issuer
        self._clock = clock
        self._lock = Lock()
        self._document: tuple[float, Document] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._failed: tuple[float, Unusable] | None = None

    def document(self) -> Document:
        """Return what the provider says of itself.

        Raises
        ------
        Unusable
        """
        with self._asking() as now:
            return self._current(now)

    def signing_keys(self, *, unknown: bool = False) -> KeySet:
        """Return the provider's keys.

        Parameters
        ----------
        unknown : bool
            A token names a key that is not among them: they are asked for again, once a minute at most.

        Raises
        ------
        Unusable
        """
        with self._asking() as now:
            document = self._current(now)
            longest = AGAIN_SECONDS if unknown else HOLDS_SECONDS
            if self._keys is None or now - self._keys[0] >= longest:
                self._keys = (now, _keys_of(document.jwks_uri))
            return self._keys[1]

    def _current(self, now: float) -> Document:
        if self._document is None or now - self._document[0] >= HOLDS_SECONDS:
            self._document = (now, read(self._issuer))
        return self._document[1]

    @contextmanager
    def _asking(self) -> Iterator[float]:
        if not self._lock.acquire(timeout=SECONDS):
            raise Unusable(f"{self._issuer} has been asked by others and has not answered")
        try:
            now = self._clock()
            if self._failed and now - self._failed[0] < REST_SECONDS:
                raise Unusable(str(self._failed[1]))
            try:
                yield now
            except Unusable as fault:
                self._failed = (self._clock(), fault)
                raise
        finally:
            self._lock.release()


def read(issuer: str) -> Document:
    """Ask a provider for its document.

    Raises
    ------
    Unusable
        If it does not answer, calls itself something else, or says nothing that can be used.
    """
    address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
    found = fetched(address)
    named = found.get("issuer")
    if named != issuer:
        raise Unusable(f"the provider calls itself {str(named)[:200]!r}, not {issuer!r}")
    try:
        document = Document.model_validate(found)
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise Unusable(f"{address} has no usable {place}: {first['msg']}") from None
    if not document.signatures:
        raise Unusable(f"{address} names no signature that only the provider could make")
    return document


def _keys_of(address: str) -> KeySet:
    given: Any = fetched(address).get("keys")
    keys = []
    for each in given if isinstance(given, list) else []:
        # a secret that both would know proves nothing of the provider, and one for encryption signs nothing
        if not isinstance(each, dict) or each.get("kty") == "oct" or each.get("use", "sig") != "sig":
            continue
        try:
            keys.append(JWKRegistry.import_key(each))
        except (JoseError, ValueError, TypeError, KeyError):
            continue  # of a kind that is not known here
    if not keys:
        raise Unusable(f"{address} has no key that could have signed a token")
    return KeySet(keys)
