"""assets/filters.js: what is pressed changes the query, and the query says what is pressed."""

import pytest

BAR = """<button data-toggle-filter="segment=lost" aria-pressed="false">Lost</button>
<button data-toggle-filter="segment=best" aria-pressed="false">Best</button>
<button data-toggle-filter="attribute=Shop%3A size:a=b &amp; é+🎁" aria-pressed="false">Odd</button>
<button data-toggle-range="m_min=10&amp;m_max=19.99">Bar</button>
<button data-set-filter="group=cluster" aria-pressed="false">Clusters</button>
<button data-set-filter="group=" aria-pressed="false">Segments</button>
<button data-drop-filter="segment recency_min">Drop</button>"""


def pressed(desk, name, address):
    desk.open(BAR, address=address)
    desk.page.get_by_role("button", name=name).click()
    return desk.told


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Lost", "/", "?segment=lost"),
        ("Lost", "/?segment=best", "?segment=best&segment=lost"),
        ("Lost", "/?segment=lost&segment=best", "?segment=best"),
        ("Lost", "/?segment=lost", ""),
        ("Odd", "/", "?attribute=Shop%253A+size%3Aa%3Db+%26+%C3%A9%2B%F0%9F%8E%81"),
        ("Odd", "/?attribute=Shop%253A+size%3Aa%3Db+%26+%C3%A9%2B%F0%9F%8E%81&attribute=x", "?attribute=x"),
        ("Bar", "/?m_max=500&segment=lost", "?segment=lost&m_min=10&m_max=19.99"),
        ("Bar", "/?m_min=10&m_max=19.99", ""),
        ("Clusters", "/?segment=lost", "?segment=lost&group=cluster"),
        ("Segments", "/?group=cluster&segment=lost", "?segment=lost"),
        ("Drop", "/?segment=lost&segment=best&recency_min=3&country=UK", "?country=UK"),
    ],
)
def test_a_press_changes_its_own_part_of_the_address(desk, name, before, after):
    assert pressed(desk, name, before) == [["shell-address-location", {"search": after}]]


def test_entries_show_what_the_address_asks_for(desk):
    desk.open(BAR)
    desk.run("() => dash_clientside.filters.mark('?segment=best&group=cluster')")
    shown = desk.page.locator("[aria-pressed=true]")
    assert shown.all_inner_texts() == ["Best", "Clusters"]
    desk.run("() => dash_clientside.filters.mark('?attribute=Shop%253A+size%3Aa%3Db+%26+é%2B🎁')")
    assert shown.all_inner_texts() == ["Odd", "Segments"]
    desk.run("() => dash_clientside.filters.mark('')")
    assert shown.all_inner_texts() == ["Segments"]
