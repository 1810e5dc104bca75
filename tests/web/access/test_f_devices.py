"""Section F: the cookie of a browser in which somebody has signed in before."""

from __future__ import annotations

import pytest

from services.site.people.tries import TRIES
from tests.web.people import PASSWORD, guarded


@pytest.mark.parametrize(
    ("base", "name"), [("http://localhost", "device"), ("https://shop.example", "__Host-device")]
)
def test_f5_a_browser_that_signed_in_before_is_let_in_while_others_guess(models, tmp_path, base, name):
    fresh = guarded(models, tmp_path)
    form = {"name": "viewer", "password": PASSWORD}
    owner = fresh.visitor()
    told = owner.post("/sign-in", data=form, base_url=base).headers.getlist("Set-Cookie")
    (device,) = [cookie for cookie in told if cookie.startswith(f"{name}=")]
    parts = set(device.split("; ")[1:])
    assert {"HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=34560000"} <= parts
    assert ("Secure" in parts) == base.startswith("https")
    owner.post("/sign-out", base_url=base)
    for number in range(TRIES):
        wrong = form | {"password": f"wrong password {number}"}
        stranger = {"REMOTE_ADDR": f"10.0.0.{number}"}
        assert (
            fresh.visitor().post("/sign-in", data=wrong, environ_base=stranger, base_url=base).status_code
            == 401
        )
    assert fresh.visitor().post("/sign-in", data=form, base_url=base).status_code == 429
    assert owner.post("/sign-in", data=form, base_url=base).status_code == 302
