"""The way to a provider and back: the code flow with PKCE, by Authlib; what does not fit is a sentence."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException
from requests.exceptions import HTTPError

from services.core.language.messages import _
from services.core.refusals import Refusal
from services.site.oidc_settings import OidcSettings
from services.site.people.elsewhere import NotProven, Proven, ProviderAway
from services.site.people.entering import Begun, Taken
from services.site.provider.asking import Unusable, bounded, why
from services.site.provider.document import Document, Known
from services.site.provider.tokens import Unproven, claims_of

log = logging.getLogger(__name__)

_CANCELLED = "access_denied"


class Provider:
    """The provider that one site trusts.

    Parameters
    ----------
    settings : OidcSettings
        With an issuer and what it needs.
    """

    def __init__(self, settings: OidcSettings) -> None:
        assert settings.oidc_issuer is not None
        assert settings.oidc_client_id is not None
        self.issuer = settings.oidc_issuer
        self.called = settings.oidc_called
        self.roles = settings.oidc_roles
        self.password_form = settings.oidc_password_form
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_client_secret
        self._groups_claim = settings.oidc_groups_claim
        self._known = Known(self.issuer)

    def way_there(self, back: str, begun: Begun) -> str:
        """Return the address at which somebody signs in.

        Parameters
        ----------
        back : str
            Our address to which the provider leads back.
        begun : Begun
            What has to come back.

        Raises
        ------
        ProviderAway
        """
        document = self._document()
        with self._client(document, back) as client:
            address, _state = client.create_authorization_url(
                document.authorization_endpoint,
                state=begun.state,
                nonce=begun.nonce,
                code_verifier=begun.verifier,
            )
        return str(address)

    def way_back(self, back: str, taken: Taken | None, given: Mapping[str, str]) -> Proven:
        """Return whom the provider sends back.

        Parameters
        ----------
        back : str
            As of ``way_there``.
        taken : Taken or None
            What was kept of the sign-in; None where none had begun in this browser, or it is over.
        given : mapping of str to str
            The parameters with which the provider sends back.

        Raises
        ------
        ProviderAway, NotProven
            The log of the site says what it was.
        """
        if taken is None:
            log.warning("provider: no such sign-in has begun in this browser")
            raise NotProven(
                _(
                    "This sign-in did not begin in this browser, was used already, or took over ten minutes. "
                    "Start again here."
                )
            )
        if given.get("error") == _CANCELLED:
            raise NotProven(
                _(
                    "You were not signed in with {service}: it was cancelled or refused there. Try again, or "
                    "ask whoever runs it.",
                    service=self.called,
                )
            )
        try:
            claims = self._claims(back, taken, given)
        except Unusable as fault:
            raise self._away(fault) from fault
        except Unproven as fault:
            log.warning("provider: %s", fault)
            raise NotProven(
                _(
                    "Signing in with {service} did not work. Try again; if that does not help, ask an admin "
                    "of this site.",
                    service=self.called,
                )
            ) from fault
        return self._proven(claims)

    def way_out(self, back: str) -> str:
        """Return where somebody signs out there, and comes back from to ``back`` (RP-Initiated Logout 1.0).

        Raises
        ------
        ProviderAway
        Refusal
            If the provider has no such address.
        """
        document = self._document()
        if document.end_session_endpoint is None:
            raise Refusal(
                _("{service} can only be signed out of there: open it and sign out.", service=self.called)
            )
        wanted = [("client_id", self._client_id), ("post_logout_redirect_uri", back)]
        return str(add_params_to_uri(document.end_session_endpoint, wanted))

    def _document(self) -> Document:
        try:
            return self._known.document()
        except Unusable as fault:
            raise self._away(fault) from fault

    def _away(self, fault: Unusable) -> ProviderAway:
        log.warning("provider: %s", fault)
        return ProviderAway(
            _(
                "Signing in with {service} is not possible at the moment. Try again in a few minutes. "
                "Whoever has a password for this site can use it.",
                service=self.called,
            )
        )

    def _client(self, document: Document, back: str) -> Any:
        by_header = "client_secret_basic" in document.token_endpoint_auth_methods_supported
        scope = "openid email profile"
        return bounded(
            OAuth2Session(
                self._client_id,
                self._secret,
                token_endpoint_auth_method="client_secret_basic" if by_header else "client_secret_post",
                code_challenge_method="S256",
                # some give groups only to who asks, others refuse who asks for what they do not have
                scope=f"{scope} groups" if "groups" in document.scopes_supported else scope,
                redirect_uri=back,
            )
        )

    def _claims(self, back: str, taken: Taken, given: Mapping[str, str]) -> dict[str, Any]:
        if given.get("iss", self.issuer) != self.issuer:
            raise Unproven("the answer comes from another issuer")  # RFC 9207
        if "code" not in given:
            raise Unproven(f"there is no code, but the error {given.get('error', '')[:80]!r}")
        document = self._known.document()
        with self._client(document, back) as client:
            try:
                token = client.fetch_token(
                    document.token_endpoint,
                    grant_type="authorization_code",
                    code=given["code"],
                    code_verifier=taken.verifier,
                )
            except HTTPError as fault:
                if fault.response is not None and fault.response.status_code < 500:
                    raise Unproven(f"the code {why(fault)}") from fault
                raise Unusable(f"{document.token_endpoint} {why(fault)}") from fault
            except RequestException as fault:
                raise Unusable(f"{document.token_endpoint} {why(fault)}") from fault
            except (AuthlibBaseError, ValueError, TypeError, ArithmeticError, RecursionError) as fault:
                raise Unproven(f"no token for the code: {str(fault)[:200]}") from fault
        return claims_of(
            token.get("id_token") if isinstance(token, dict) else None,
            lambda unknown: self._known.signing_keys(unknown=unknown),
            document.signatures,
            issuer=self.issuer,
            client_id=self._client_id,
            nonce=taken.nonce,
        )

    def _proven(self, claims: Mapping[str, Any]) -> Proven:
        email, verified = claims.get("email"), claims.get("email_verified")
        # they only say what an account is called; the subject says whose it is
        names = (email if verified is True else None, claims.get("preferred_username"), claims["sub"])
        return Proven(
            self.issuer,
            claims["sub"],
            tuple(name for name in names if isinstance(name, str)),
            _groups(claims, self._groups_claim),
            # some write it as a text
            unverified=bool(email) and verified in (False, "false"),
        )


def _groups(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    found = claims.get(claim)
    several = found if isinstance(found, list) else [found]  # some name a single group without a list
    return frozenset(each for each in several if isinstance(each, str))
