"""Pages outside of Dash say nothing in English to who reads another language."""

from __future__ import annotations

import re

import pytest

from app import create_app
from services.core.language import catalogues
from services.desk import load_services
from services.site.digests.subscriptions import Subscriptions
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit, What
from services.site.people.roles import Action, Role
from services.site.people.tries import TRIES_FROM_PLACE
from services.site.settings import Settings
from services.site.state import StateUnusable
from tests.languages.marks import CLOSE, OPEN, marked, outside, write_marks
from tests.releases.tiny import make_tiny_release
from tests.web.people import HTML, PASSWORD, guarded

FIREFOX = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0"
FIRST, LOCKED, NEW = "first@example.org", "locked@example.org", "new@example.org"
SERVICE = "Example ID"
LISTED = "/?containing=7&containing=8&to=9"
SAME = frozenset(
    {
        "Segment Desk",
        "python -m services users add NAME --role admin",
        "ana@example.org",
        FIRST,
        LOCKED,
        NEW,
        "local",
        "English",
        "Deutsch",
        *Role,
    }
)
"""Names: of the product, of languages, of accounts, of examples."""
ZONES = re.compile(r'<select[^>]*id="digest-zone".*?</select>', re.DOTALL)
"""The menu of time zones, which have one name in every language."""
DIGESTS = {"smtp_host": "127.0.0.1", "smtp_from": "desk@example.org", "digest_hosts": ("hooks.slack.com",)}
PROVIDER = {
    "oidc_issuer": "https://id.example.org",
    "oidc_client_id": "desk",
    "oidc_client_secret": "s" * 40,
    "oidc_name": SERVICE,
    "oidc_roles": (("desk", Role.VIEWER),),
    "oidc_password_form": True,
}


@pytest.fixture(scope="module", autouse=True)
def marks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("po")
    write_marks(folder / "de.po", "services/web", "services/site", "services/serving/release")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "FOLDER", folder)
        patch.setattr(catalogues, "LANGUAGES", ("en", "de"))
        catalogues.read.cache_clear()
        yield
    catalogues.read.cache_clear()


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    make_tiny_release(folder)
    return folder


@pytest.fixture(scope="module")
def site(models, tmp_path_factory):
    made = guarded(models, tmp_path_factory.mktemp("state"), **DIGESTS)
    accounts = Accounts(made.state)
    accounts.add(FIRST, Role.VIEWER, PASSWORD, "admin", first=True)
    accounts.add(LOCKED, Role.VIEWER, PASSWORD, "admin")
    accounts.disable(LOCKED, "admin")
    return made


@pytest.fixture(scope="module")
def provided(models, tmp_path_factory):
    return guarded(models, tmp_path_factory.mktemp("provided"), **PROVIDER)


def german(client):
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    assert client.post("/language", data={"language": "de"}).status_code == 302
    return client


def entered(site, name):
    client = german(site.visitor())
    assert client.post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 302
    return client


def check(answer, status=200, same=frozenset()):
    assert answer.status_code == status, answer.text
    assert '<html lang="de"' in answer.text
    assert outside(ZONES.sub("", answer.text), SAME | same) == []
    assert answer.text.count(OPEN) == answer.text.count(CLOSE) > 2
    return answer.text


def test_what_stands_outside_the_marks_is_found():
    page = f'<p title="Close">{OPEN}A <b>{OPEN}b{CLOSE}</b> c{CLOSE}. Some words, 12 <code>run</code> Ana</p>'
    assert outside(page, frozenset({"Ana"})) == ["Some words, 12", "Close"]


def test_the_sign_in_page(site):
    visitor = german(site.visitor())
    check(visitor.get("/sign-in"))
    for tried in range(TRIES_FROM_PLACE + 1):
        answer = visitor.post("/sign-in", data={"name": NEW, "password": "wrong"})
        check(answer, 401 if tried < TRIES_FROM_PLACE else 429)


def test_the_sign_in_page_beside_a_provider(provided):
    visitor = german(provided.visitor())
    for address in ("/sign-in", "/sign-in?left=1"):
        check(visitor.get(address))
    check(visitor.get("/sign-in/oidc/back?state=x"), 401)


def test_the_account_page(site):
    client = entered(site, "viewer")
    entered(site, "viewer")
    text = check(client.get("/account"))
    assert all(each in text for each in (marked("a Mac"), marked(Action.LOOK.value)))
    data = {"change": "password", "old": "wrong", "password": "other words than before", "again": "others"}
    check(client.post("/account", data=data), 400)
    check(client.post("/account", data=data | {"again": data["password"]}), 400)
    check(client.post("/account", data={"change": "end", "session": "none"}))
    check(client.post("/account", data={"change": "end-others"}))
    check(entered(site, FIRST).get("/account"))


def test_the_page_of_users(site):
    client = entered(site, "admin")
    check(client.get("/users"))
    for name in ("viewer", "admin", FIRST, LOCKED):
        check(client.get(f"/users?name={name}"))
    text = client.post("/users", data={"change": "add", "name": NEW, "role": "analyst"}).text
    made = text.partition("<p><code>")[2].partition("</code>")[0]
    assert outside(text, SAME | {made}) == []
    check(client.post("/users", data={"change": "add", "name": NEW, "role": "analyst"}), 409)
    check(client.post("/users", data={"change": "lock", "name": "nobody"}), 404)
    check(client.post("/users", data={"change": "role", "name": NEW, "role": "service"}))
    check(client.post("/users", data={"change": "unlock", "name": LOCKED}))


def test_the_audit_log(site):
    audit = Audit(site.state)
    audit.add("viewer", What.REFUSED, "", result=f"may not {Action.LOG}")
    audit.add("viewer", What.LIST, LISTED, rows=1)
    audit.add("viewer", What.LIST, "/", rows=1)
    client = entered(site, "admin")
    addresses = frozenset({LISTED})
    check(client.get("/audit"), same=addresses)
    check(client.get("/audit?page=2"), same=addresses)
    check(client.get("/audit?who=nobody"))


def test_the_page_of_digests(site):
    client = entered(site, "admin")
    asked = {"change": "add", "channel": "mail", "address": "ana@example.org", "hour": "8", "zone": "UTC"}
    for days in ("weekly-1", "monthly-30", "monthly-31", "monthly-2"):
        check(client.post("/digest", data=asked | {"days": days}))
    check(client.post("/digest", data=asked | {"days": "weekly-9"}), 400)
    check(client.post("/digest", data=asked | {"days": "weekly-1", "address": "nobody"}), 400)
    (first, *_rest) = Subscriptions(site.state).listed("admin")
    check(client.post("/digest", data={"change": "remove", "id": first.id}))


def test_a_site_that_nobody_signs_in_to(models, tmp_path):
    settings = Settings(models_dir=models, state_dir=tmp_path)
    client = german(create_app(settings, load_services(settings)).server.test_client())
    for address in ("/account", "/users", "/digest", "/audit"):
        check(client.get(address))


def test_pages_that_say_no(site, tmp_path, monkeypatch):
    viewer = entered(site, "viewer")
    check(viewer.get("/audit", headers=HTML), 403)
    check(viewer.get("/nowhere", headers=HTML), 404)
    settings = Settings(models_dir=tmp_path / "none", state_dir=tmp_path / "state")
    client = german(create_app(settings, load_services(settings)).server.test_client())
    check(client.get("/"), 503)

    def away(*_given, **_named):
        raise StateUnusable

    monkeypatch.setattr(Audit, "listed", away)
    check(client.get("/audit", headers=HTML), 503)


def test_refusals_that_pages_show(site):
    viewer = entered(site, "viewer")
    for answer in (
        viewer.post("/users", data={"change": "add"}),
        viewer.post("/account", data={"change": "none"}),
        viewer.get("/export/customers.csv"),
        german(site.visitor()).get("/export/rules.csv"),
        entered(site, "admin").get("/export/audience.csv?audience=x"),
        entered(site, "admin").get("/export/audience.csv?audience=1&column=none"),
    ):
        assert answer.status_code >= 400
        assert outside(answer.json["error"], SAME) == []
