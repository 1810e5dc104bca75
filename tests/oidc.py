"""A provider of OpenID Connect on this computer; it checks what it is sent, and can be told to lie."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from flask import Flask, Response, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet
from werkzeug.serving import WSGIRequestHandler, make_server

CLIENT, SECRET = "segment-desk", "a secret of the client"
BACK = "/sign-in/oidc/back"


class Provider:
    """Says of whoever comes what a test wants said.

    Attributes
    ----------
    issuer : str
    keys : list
        Those that it publishes; it signs with the last.
    says : dict
        Claims that replace those of the token; None leaves one out.
    knows : dict
        What replaces parts of its document; None leaves one out.
    signs : callable or None
        Makes the token of the claims instead.
    answers : dict
        By path, what is answered instead: a function that gives it.
    asked : list of dict
        The parameters of each person who came.
    requests : list of str
        The path of each request.
    """

    def __init__(self) -> None:
        self.issuer = ""
        self.keys: list[ECKey] = []
        self.asked: list[dict[str, str]] = []
        self.requests: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.be_honest()
        self.app = Flask("provider", static_folder=None)
        self.app.before_request(self._instead)
        self.app.get("/.well-known/openid-configuration")(self._document)
        self.app.get("/keys")(lambda: KeySet(self.keys).as_dict(private=False))
        self.app.get("/enter")(self._enter)
        self.app.post("/token")(self._token)
        self.app.get("/leave")(self._leave)

    def be_honest(self) -> None:
        """Lie no longer, with one key."""
        self.says: dict[str, Any] = {}
        self.knows: dict[str, Any] = {}
        self.signs: Callable[[dict[str, Any]], Any] | None = None
        self.answers: dict[str, Callable[[], Any]] = {}
        if not self.keys:
            self.renew_key()

    def renew_key(self) -> None:
        """Sign with a new key from now on."""
        kid = f"key-{len(self.keys) + 1}"
        self.keys.append(ECKey.generate_key("P-256", {"kid": kid, "alg": "ES256", "use": "sig"}))

    def claims(self, nonce: str) -> dict[str, Any]:
        """Return what the token of somebody says who came with this nonce."""
        now = int(time.time())
        said = {"iss": self.issuer, "sub": "u-1", "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        said |= {"email": "zoe@shop.example", "email_verified": True, "groups": ["staff"], **self.says}
        return {name: value for name, value in said.items() if value is not None}

    def signed(self, said: dict[str, Any]) -> str:
        """Sign as an honest provider does."""
        return jwt.encode({"alg": "ES256", "kid": self.keys[-1].kid}, said, self.keys[-1])

    def _instead(self) -> Any:
        self.requests.append(request.path)
        return self.answers[request.path]() if request.path in self.answers else None

    def _document(self) -> Response:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/enter",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/leave",
            "id_token_signing_alg_values_supported": ["ES256", "HS256", "none"],
            **self.knows,
        }
        return jsonify({name: value for name, value in told.items() if value is not None})

    def _enter(self) -> Any:
        asked = request.args.to_dict()
        if asked["client_id"] != CLIENT or urlsplit(asked["redirect_uri"]).path != BACK:
            return Response("This client is not known here.", 400)
        self.asked.append(asked)
        code = secrets.token_hex(8)
        self._codes[code] = asked
        return redirect(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    def _token(self) -> Any:
        asked = self._codes.pop(request.form.get("code", ""), None)
        digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
        client = request.authorization
        fits = (
            asked is not None
            and request.form.get("grant_type") == "authorization_code"
            and (asked["code_challenge_method"], asked["code_challenge"]) == ("S256", encoded(digest))
            and asked["redirect_uri"] == request.form.get("redirect_uri")
            and client is not None
            and (client.username, client.password) == (CLIENT, SECRET)
        )
        if not fits or asked is None:
            return jsonify(error="invalid_grant"), 400
        said = self.claims(asked["nonce"])
        made = self.signs(said) if self.signs else self.signed(said)
        return jsonify(access_token="opaque", token_type="Bearer", id_token=made)

    def _leave(self) -> Any:
        return redirect(request.args["post_logout_redirect_uri"])


class _Silent(WSGIRequestHandler):
    def log(self, *_given: Any) -> None:
        pass


@contextmanager
def provider() -> Iterator[Provider]:
    """Run one on a free port of this computer until the block ends."""
    made = Provider()
    server = make_server("127.0.0.1", 0, made.app, threaded=True, request_handler=_Silent)
    server.daemon_threads = True
    made.issuer = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def settings(issuer: str, **further: object) -> dict[str, Any]:
    """Return what a site's settings say of a provider."""
    return {
        "oidc_issuer": issuer,
        "oidc_client_id": CLIENT,
        "oidc_client_secret": SECRET,
        "oidc_name": "Shop ID",
        **further,
    }


def led_to(address: str) -> str:
    """Open an address as a browser does, and return where it leads."""
    try:
        with _STAYING.open(address, timeout=10):
            raise AssertionError("no redirect")
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.headers["Location"]


def parameters(address: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def encoded(some: bytes) -> str:
    """Write bytes as tokens have them."""
    return base64.urlsafe_b64encode(some).rstrip(b"=").decode()


def forged(header: dict[str, Any], said: dict[str, Any], key: bytes | None) -> str:
    """Make a token by hand, signed with a secret key (HS256) or with none."""
    both = ".".join(encoded(json.dumps(part).encode()) for part in (header, said))
    return f"{both}.{encoded(hmac.digest(key, both.encode(), 'sha256')) if key is not None else ''}"


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_given: Any) -> None:
        return None


_STAYING = urllib.request.build_opener(_Stay)
