"""Whether a provider's token says what it says: of the right issuer, for this site, for this very sign-in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from services.site.people.elsewhere import is_subject

LEEWAY_SECONDS = 60
"""How far the provider's clock may differ from this one."""
_MOST_BYTES = 64_000


class Unproven(Exception):
    """An answer of a provider that proves nobody; says why, for the log."""


def claims_of(
    token: object,
    keys: Callable[[bool], KeySet],
    signatures: list[str],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
) -> dict[str, Any]:
    """Return what a token says, checked as OpenID Connect Core 1.0, section 3.1.3.7, asks.

    Parameters
    ----------
    token : object
        As the provider gave it.
    keys : callable
        Gives its keys; with True those of now, because the token's is not among them.
    signatures : list of str
        How it may be signed; not empty.
    issuer, client_id, nonce : str
        Who has to have made it, for whom, and for which sign-in.

    Raises
    ------
    Unproven
    Unusable
        If keys are needed and the provider does not give them.
    """
    if not isinstance(token, str) or len(token) > _MOST_BYTES:
        raise Unproven("there is no token of identity")
    if not signatures:
        raise ValueError("any signature would do")  # as joserfc takes an empty list
    registry = JWSRegistry(algorithms=signatures, strict_check_header=False)
    registry.max_payload_length = _MOST_BYTES
    expected = jwt.JWTClaimsRegistry(
        leeway=LEEWAY_SECONDS,
        iss={"essential": True, "value": issuer},
        sub={"essential": True},
        aud={"essential": True, "value": client_id},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        try:
            claims: Any = jwt.decode(token, keys(False), registry=registry).claims
        except InvalidKeyIdError:
            claims = jwt.decode(token, keys(True), registry=registry).claims
        if not isinstance(claims, dict):
            raise Unproven("the token holds no claims")
        expected.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise Unproven(f"{type(fault).__name__}: {str(fault)[:200]}") from fault
    _check_more(claims, issuer, client_id, nonce)
    return claims


def _check_more(claims: dict[str, Any], issuer: str, client_id: str, nonce: str) -> None:
    """Refuse what joserfc lets pass: lists for single values, and tokens that are for others as well."""
    if (claims["iss"], claims["nonce"]) != (issuer, nonce):
        raise Unproven("issuer or nonce is a list")
    audience, party = claims["aud"], claims.get("azp")
    alone = audience in (client_id, [client_id])
    if party not in (None, client_id) or not (alone or party == client_id):
        raise Unproven("the token is for another site as well")
    if not isinstance(claims["sub"], str) or not is_subject(claims["sub"]):
        raise Unproven("the subject is no text of 1 to 255 printable characters of ASCII")
