"""Who signs what is saved: the account of the session, or nobody where people do not sign in."""

import pytest
from flask import Flask, g

from callbacks.presets.saving import signature
from services.site.people.roles import RIGHTS, Action, Role
from services.site.people.sessions import Person
from services.site.versions.presets import Signed
from services.web.access.asking import Asking, asking
from services.web.access.person import LOCAL

TYPED = {"author": "Somebody else", "note": "why"}


@pytest.fixture(autouse=True)
def request_of():
    with Flask("test").test_request_context("/"):
        yield


@pytest.mark.parametrize("role", Role)
def test_an_account_signs_with_its_own_name_whatever_is_typed(role):
    g.person = Person("ann", role)
    assert asking() == Asking("ann", role)
    assert {action for action in Action if asking().may(action)} == RIGHTS[role]
    assert signature(TYPED) == Signed("ann", "why", account="ann")


def test_an_account_called_local_is_an_account():
    g.person = Person("local", Role.VIEWER)
    assert asking() == Asking("local", Role.VIEWER)


def test_where_nobody_signs_in_the_typed_name_signs():
    g.person = LOCAL
    assert asking() == Asking(None, Role.ADMIN)
    assert signature(TYPED) == Signed("Somebody else", "why")
