"""A provider and a site that trusts it, for the tests of signing in with one."""

from __future__ import annotations

from itertools import count

import pytest

from app import create_app
from services.site.settings import Settings
from services.site.state import State
from tests.oidc import provider, settings
from tests.web.conftest import RELEASE, named
from tests.web.oidc.walk import ROLES, Trusting
from tests.web.people import KEY

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def running():
    with provider() as made:
        yield made


@pytest.fixture(scope="session")
def trusting(running, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trusting")
    given = Settings(
        state_dir=folder, secret_key=KEY, data_max_age_days=0, **settings(running.issuer, oidc_roles=ROLES)
    )
    return Trusting(create_app(given, named(given, RELEASE)).server, State(folder))


@pytest.fixture
def there(running):
    """The provider, honest again, and somebody who is new."""
    running.be_honest()
    number = next(_NUMBERS)
    running.says |= {"sub": f"u-{number}", "email": f"zoe-{number}@shop.example"}
    return running
