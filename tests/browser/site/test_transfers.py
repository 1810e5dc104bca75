"""How much a page load transfers, counted by the browser over all requests, headers too."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from benchmarks.transfers import counted
from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.state import State
from services.web.static import packing
from tests.browser.waiting import settled
from tests.running import serve

MOST_FIRST, MOST_AGAIN = 2_000_000, 60_000
PASSWORD = "four words and more"
CHART = ".js-plotly-plot .main-svg"


@pytest.fixture(scope="module", autouse=True)
def installed():
    """What every install does; here the libraries may have come without it."""
    packing.main()


@pytest.fixture(scope="module")
def guarded(models, tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    state = State(folder / "state")
    Accounts(state).add("ana", Role.ADMIN, PASSWORD)
    state.close()
    with serve(models, folder) as running:
        yield running


@pytest.fixture
def addresses(release):
    customer = bytes(release.customers["customer_id"][0]).decode()
    return {"segments": "/", "customer": f"/customers?id={customer}", "baskets": "/baskets"}


def load(page, address):
    page.goto("about:blank")
    with counted(page) as transfer:
        page.goto(address)
        settled(page)
        page.locator(CHART).first.wait_for(state="attached")
        settled(page)
    return transfer


@pytest.mark.parametrize(
    ("signed_in", "tab"),
    [
        # in the long ring the others, and somebody signed in: their name is all that a page has more
        pytest.param(False, "baskets", id="local-baskets"),
        *(
            pytest.param(
                signed_in, tab, id=f"{'signed in' if signed_in else 'local'}-{tab}", marks=pytest.mark.long
            )
            for signed_in, tab in (
                (False, "segments"),
                (False, "customer"),
                (True, "segments"),
                (True, "customer"),
                (True, "baskets"),
            )
        ),
    ],
)
def test_a_first_load_is_under_two_megabytes_and_a_second_under_sixty_kilobytes(
    site, guarded, addresses, visitor, signed_in, tab
):
    page = visitor(base_url=guarded.url if signed_in else site.url, alone=True)
    if signed_in:
        # by the form's own request: the pages before and after it would fill the cache
        form = {"name": "ana", "password": PASSWORD, "next": "/"}
        answer = page.request.post("/sign-in", form=form, max_redirects=0)
        assert answer.status == 302
    first = load(page, addresses[tab])
    assert 1_000_000 < first.total < MOST_FIRST, first
    # of the font what English needs, and once
    fonts = [urlsplit(each).path for each in first.by_address if ".woff2" in each]
    assert fonts == ["/vendor/inter-basic.woff2"]
    again = load(page, addresses[tab])
    assert 0 < again.total < MOST_AGAIN, again


def test_what_a_page_has_loaded_another_tab_finds_in_the_cache(site, addresses, visitor):
    page = visitor(base_url=site.url, alone=True)
    load(page, addresses["segments"])
    again = load(page, addresses["baskets"])
    assert again.total < MOST_AGAIN, again
    files = ("/_dash-component-suites/", "/vendor/", "/assets/")
    asked = {urlsplit(address).path: size for address, size in again.by_address.items() if size}
    # only files that components load by themselves are asked about, and none comes again
    assert {path: size for path, size in asked.items() if path.startswith(files) and size > 1_500} == {}
    expect(page.locator("h1:visible")).to_have_text("Baskets")
