"""Opening a page is no act: as every role, every page writes nothing to the records and is not refused."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from callbacks.audiences.saving import save as save_audience
from callbacks.playbooks.saving import save as save_playbook
from services.desk import load_services
from services.site.customers.notes import Notes
from services.site.people.accounts import Accounts
from services.site.people.audit import Audit, What
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State
from services.site.tabs import TABS
from tests.browser.waiting import go_within, settled
from tests.releases.tiny import make_tiny_release
from tests.running import serve
from tests.site.filled import rows_of
from tests.site.versions.test_presets import saved

pytestmark = pytest.mark.slow
PASSWORD = "four words and more"
CUSTOMER = "c0007"


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models, 30)
    folder = tmp_path_factory.mktemp("mounts")
    state = State(folder / "state")
    for role in Role:
        Accounts(state).add(role.value, role, PASSWORD)
    services = load_services(Settings(models_dir=models, state_dir=folder / "state"))
    release = services.releases.current()
    assert release.row_of(CUSTOMER) is not None
    Notes(state).add(CUSTOMER, "Ask again in spring.", "ana")
    saved(services.presets, "Faithful", "Regulars")
    texts = dict.fromkeys(("goal", "message", "offer"), "Say hello.")
    cluster = release.clusters[0].id
    page = {"base": {"kind": "cluster", "id": cluster, "seen": 0}, "release_id": release.id}
    assert save_playbook(services, page, texts, "ana")["refused"] == []
    form = {"name": "Spring", "owner": "ana", "playbook": "", "share": "10"}
    form |= {"starts_on": "2030-01-01", "ends_on": "2030-02-01"}
    audience = save_audience(services, release.id, "?save=segments", form, "ana")
    state.close()
    services.state.close()
    with serve(models, folder) as running:
        yield running, cluster, audience["search"]


# whoever may least is refused first; those who may more in the long ring
@pytest.mark.parametrize(
    "role",
    [pytest.param(role, marks=[] if role is Role.VIEWER else pytest.mark.long) for role in Role],
)
def test_opening_every_page_changes_nothing_and_is_not_refused(guarded, visitor, role):
    running, cluster, its_audience = guarded
    page = visitor(base_url=running.url)
    page.goto("/sign-in")
    page.get_by_label("Name").fill(role.value)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    settled(page)
    state = State(running.state)
    before, log = records(state), Audit(state).listed(most=10_000)
    pages = [tab.path for tab in TABS]
    deep = [
        f"/audiences{its_audience}",
        "/audiences?save=segments",
        "/presets?preset=our-shop&version=1",
        f"/customers?id={CUSTOMER}",
        f"/playbooks?cluster={cluster}",
    ]
    page.goto(pages[-1])
    for address in (*pages, *deep):
        go_within(page, address)
        expect(page.get_by_text("Not allowed")).to_have_count(0)
    assert records(state) == before
    added = Audit(state).listed(most=10_000)[: -len(log)]
    # what was looked at, and nothing that was done or refused
    looked = {(entry.what, entry.subject) for entry in added}
    assert {what for what, _ in looked} <= {What.LOOK_UP.value, What.LIST.value}
    assert {subject for what, subject in looked if what == What.LOOK_UP} == {CUSTOMER}
    state.close()


def records(state):
    """All that stays but sessions, counted answers and the log, in which looking somebody up is an act."""
    beside = ("sessions", "served", "audit")
    return {name: rows for name, rows in rows_of(state).items() if name not in beside}
