"""assets/grid.js: a list is one stop of Tab, which is reached by a link before everything else."""

from __future__ import annotations

from playwright.sync_api import expect

LIST = """<a href="#x" data-skip-list="1">Skip to the list</a><button>Before</button>
<div class="sd-ag"><div class="ag-root-wrapper"><div class="ag-tab-guard-top" tabindex="0">Top</div>
<div class="ag-header-cell" tabindex="-1">Head</div>
<div class="ag-body-viewport" style="height: 20px; overflow: auto"><div style="height: 90px">
<div class="ag-cell" tabindex="-1" id="cell"><a href="#follow">Link</a></div>
<div class="ag-cell" tabindex="-1" id="other"><button>Open</button></div></div></div>
<div class="ag-tab-guard-bottom" tabindex="0">Bottom</div></div></div><button>After</button>"""


def test_tab_leaves_a_list_in_each_direction_and_the_list_stays_as_it_was(desk):
    page = desk.open(LIST).page
    inner = page.locator(".sd-ag").inner_html()
    for key, name in (("Tab", "After"), ("Shift+Tab", "Before")):
        page.locator("#cell").focus()
        page.keyboard.press(key)
        expect(page.get_by_role("button", name=name)).to_be_focused()
        page.wait_for_function("(inner) => document.querySelector('.sd-ag').innerHTML === inner", arg=inner)


def test_a_list_that_was_left_is_a_stop_of_tab_again(desk):
    page = desk.open(LIST).page
    # what AG Grid does: nothing before and after its cells is a stop while the focus is among them
    desk.run("""() => {
      const list = document.querySelector(".ag-root-wrapper");
      const guards = list.querySelectorAll("[class^=ag-tab-guard]");
      list.addEventListener("focusin", () => guards.forEach((guard) => guard.removeAttribute("tabindex")));
      list.addEventListener("focusout", () => guards.forEach((guard) => guard.setAttribute("tabindex", "0")));
      window.stops = () => [...guards].map((guard) => guard.getAttribute("tabindex"));
    }""")
    page.locator("#cell").focus()
    assert desk.run("() => window.stops()") == [None, None]
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="After")).to_be_focused()
    page.wait_for_function("() => document.querySelector('#cell a').getAttribute('tabindex') === null")
    assert desk.run("() => window.stops()") == ["0", "0"]


def test_enter_presses_what_a_cell_holds(desk):
    page = desk.open(LIST).page
    desk.run(
        "() => document.querySelector('#other button').addEventListener('click', () => told.push('open'))"
    )
    page.locator("#other").press("Enter")
    assert desk.told == ["open"]
    page.locator("#cell").press("Enter")
    expect(page).to_have_url("http://desk.test/#follow")


def test_the_list_is_skipped_to(desk):
    page = desk.open(LIST).page
    page.get_by_role("link", name="Skip to the list").press("Enter")
    expect(page.locator(".ag-tab-guard-top")).to_be_focused()
