"""Signing in, what a role sees, a session that ends, the audit log: as people meet them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from services.site.people.accounts import Accounts
from services.site.people.roles import Role
from services.site.state import State
from tests.browser.axe import FIRST_LOOK, violations, violations_in_two_looks
from tests.browser.holding import PRESSED
from tests.releases.tiny import make_tiny_release
from tests.running import serve

PASSWORD = "four words and more"
# What was marked as pressed, and how long after its press: kept over the pages that follow.
MARKS = """
let pressed = 0;
document.addEventListener("click", () => { pressed = performance.now(); }, true);
new MutationObserver((changes) => {
  const kept = JSON.parse(sessionStorage.getItem("marks") ?? "[]");
  for (const { target } of changes) {
    if (!target.hasAttribute("data-sd-pressed")) continue;
    kept.push([target.textContent.trim(), performance.now() - pressed]);
  }
  sessionStorage.setItem("marks", JSON.stringify(kept));
}).observe(document, { attributes: true, attributeFilter: ["data-sd-pressed"], subtree: true });
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    models = tmp_path_factory.mktemp("models")
    make_tiny_release(models)
    folder = tmp_path_factory.mktemp("guarded")
    state = State(folder / "state")
    for role in (Role.VIEWER, Role.ADMIN):
        Accounts(state).add(f"{role}@example.org", role, PASSWORD)
    state.close()
    with serve(models, folder, SMTP_HOST="127.0.0.1", SMTP_FROM="desk@example.org") as running:
        yield running


def sign_in(page, name, password=PASSWORD):
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_the_sign_in_page_says_what_is_wrong_and_keeps_the_name(guarded, visitor, console):
    console.allow("401")
    page = visitor(base_url=guarded.url, **FIRST_LOOK)
    page.goto("/customers?id=1")
    page.get_by_label("Name").fill("nobody")
    page.get_by_label("Password").fill("wrong password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Name and password do not match.")
    expect(page.get_by_label("Name")).to_have_value("nobody")
    assert violations_in_two_looks(page) == []


def test_who_signs_in_comes_to_the_view_they_asked_for_and_leaves_by_the_menu(guarded, visitor):
    page = visitor(base_url=guarded.url)
    page.goto("/baskets?min_lift=2")
    sign_in(page, "viewer@example.org")
    expect(page).to_have_url(f"{guarded.url}/baskets?min_lift=2")
    away = page.locator('a[href^="/export/"], a[href^="/audiences?save"]')
    for address, links in (("/", 3), ("/baskets?min_lift=2", 4)):
        page.goto(address)
        expect(away).to_have_count(links)
        expect(away.filter(visible=True)).to_have_count(0)
    expect(page.get_by_text("Local mode.")).to_have_count(0)
    page.locator(".sd-account summary").click()
    expect(page.locator(".sd-account")).to_contain_text("viewer@example.org")
    expect(page.get_by_role("link", name="Audit log")).to_have_count(0)
    assert violations(page) == []
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{guarded.url}/sign-in")
    page.go_back()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_f9_a_session_that_ends_keeps_what_was_typed(guarded, visitor, console):
    console.allow("401")
    page = visitor(base_url=guarded.url)
    page.goto("/predict")
    sign_in(page, "viewer@example.org")
    page.get_by_label("Recency", exact=False).first.wait_for()
    page.context.clear_cookies()
    page.locator("#predict-recency-input").fill("17")
    page.locator("#shell-lookup-input").fill("12")
    expect(page.get_by_text("Session ended")).to_be_visible()
    expect(page.locator("#predict-recency-input")).to_have_value("17")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Sign in again").click()
    sign_in(opened.value, "viewer@example.org")
    expect(opened.value).to_have_url(f"{guarded.url}/predict")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("Session ended")).to_have_count(0)
    expect(page.locator("#predict-recency-input")).to_have_value("17")


def test_an_admin_reads_and_filters_the_log(guarded, visitor):
    page = visitor(base_url=guarded.url, **FIRST_LOOK)
    page.goto("/audit")
    sign_in(page, "admin@example.org")
    page.get_by_label("What", exact=True).select_option("sign-in")
    page.get_by_label("Who").fill("admin@example.org")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/audit\?.*what=sign-in"))
    expect(page.get_by_role("row").nth(1)).to_contain_text("admin@example.org")
    assert violations_in_two_looks(page) == []


def test_a_page_that_the_site_writes_itself_gives_a_sign_before_its_answer_and_sends_a_form_once(
    guarded, visitor
):
    page, sent = visitor(base_url=guarded.url), []
    page.add_init_script(MARKS)
    page.goto("/users")
    sign_in(page, "admin@example.org")
    page.get_by_role("link", name="viewer@example.org").click()
    expect(page.get_by_role("heading", name="viewer@example.org")).to_be_visible()
    expect(page.locator(PRESSED)).to_have_count(0)
    page.on("request", lambda request: sent.append(request.method))
    page.get_by_role("button", name="End all sessions").dblclick()
    expect(page.get_by_role("status")).to_contain_text("viewer@example.org")
    assert sent.count("POST") == 1
    marks = page.evaluate("JSON.parse(sessionStorage.getItem('marks'))")
    assert [text for text, _ in marks] == ["Sign in", "viewer@example.org", "End all sessions"]
    assert max(waited for _, waited in marks) < 300


def test_an_admin_adds_somebody_who_chooses_a_password_sees_sessions_and_asks_for_a_digest(guarded, visitor):
    page = visitor(base_url=guarded.url, **FIRST_LOOK)
    page.goto("/")
    sign_in(page, "admin@example.org")
    page.locator(".sd-account summary").click()
    page.get_by_role("link", name="Users").click()
    page.get_by_label("Name", exact=True).fill("ben@example.org")
    page.get_by_label("Role", exact=True).select_option("service")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("status")).to_have_text("ben@example.org was added with the role service.")
    first = page.locator(".sd-people-password code").inner_text()
    expect(page.get_by_role("heading", name="ben@example.org")).to_be_visible()
    assert violations_in_two_looks(page) == []
    page.get_by_role("link", name="admin@example.org").click()
    expect(page.get_by_role("button", name="Make a new password")).to_have_count(0)

    own = visitor(base_url=guarded.url, **FIRST_LOOK)
    own.goto("/baskets")
    sign_in(own, "ben@example.org", first)
    expect(own).to_have_url(f"{guarded.url}/account")
    own.get_by_label("Current password").fill(first)
    for label in ("New password", "New password again"):
        own.get_by_label(label, exact=True).fill("ben has his own words")
    own.get_by_role("button", name="Change password").click()
    expect(own.get_by_role("status")).to_contain_text("Your password is changed.")
    expect(own.get_by_role("region", name="Open sessions").get_by_role("row")).to_have_count(2)
    expect(own.get_by_role("region", name="Open sessions")).to_contain_text("this one")
    assert violations_in_two_looks(own) == []
    own.get_by_role("link", name="Go to Segments").click()
    expect(own.locator("h1")).to_have_text("Segments")
    own.locator(".sd-account summary").click()
    own.get_by_role("link", name="Your digests").click()
    expect(own.get_by_label("E-mail address")).to_have_value("ben@example.org")
    own.get_by_label("On", exact=True).select_option("last day of the month")
    own.get_by_label("Time zone").select_option("Asia/Tokyo")
    own.get_by_role("button", name="Get this digest").click()
    expect(own.get_by_role("status")).to_contain_text(
        "You get a digest on the last day of each month at 08:00 (Asia/Tokyo). The first one comes on "
    )
    expect(own.get_by_role("region", name="Your digests")).to_contain_text("Mail: ben@example.org")
    assert violations_in_two_looks(own) == []
    own.get_by_role("button", name="End the digest to ben@example.org").click()
    expect(own.get_by_role("status")).to_have_text("The digest has ended.")
