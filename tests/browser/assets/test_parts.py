"""assets/parts.js: one way to make an element, a table and a badge, whoever draws them."""

import pytest
from playwright.sync_api import expect

PARTS = "const parts = window.desk.parts;"
BEST = {"name": "Best", "colour": "rgb(1, 2, 3)", "glyph": {"backgroundColor": "red"}}
BIG = {"name": "Big", "colour": "rgb(1, 2, 3)", "letter": "A"}
WAYS = {
    "Dash": "(part) => part",
    "React": "window.desk.parts.toElement",
    "the document": "(part) => window.desk.parts.toNode(part)",
}


@pytest.fixture(scope="module")
def desk(site_in):
    return site_in()


def shown(desk, way, part):
    """Draw what the JavaScript expression ``part`` makes, in one of three ways."""
    if way != "the document":
        return desk.draw(f"() => {{ {PARTS} return ({WAYS[way]})({part}); }}")
    desk.run(
        f"() => {{ {PARTS} const place = document.getElementById('drawn');"
        f" place.replaceChildren(parts.toNode({part})); }}"
    )
    return desk.page.locator("#drawn")


@pytest.mark.parametrize("way", WAYS)
def test_properties_are_attributes_and_children_are_text(desk, way):
    made = shown(
        desk,
        way,
        """parts.html("Button", { className: "a b", tabIndex: "-1", "data-x": "<b>",
          style: { "--c": "red" } },
        ["<i>no</i> ", parts.html("B", {}, 7), null, ""])""",
    )
    button = made.locator("button.a.b")
    assert button.get_attribute("tabindex") == "-1"
    assert button.get_attribute("data-x") == "<b>"
    assert button.get_attribute("style").replace(" ", "").rstrip(";") == "--c:red"
    assert button.text_content() == "<i>no</i> 7"
    expect(made.locator("i")).to_have_count(0)


@pytest.mark.parametrize("way", WAYS)
def test_a_style_is_named_as_react_names_it(desk, way):
    made = shown(desk, way, 'parts.html("B", { style: { backgroundColor: "red", width: "12.0%" } }, "x")')
    style = made.locator("b").get_attribute("style").replace(" ", "")
    assert style.rstrip(";") == "background-color:red;width:12%"


@pytest.mark.parametrize("way", WAYS)
def test_nothing_but_no_child_is_left_out(desk, way):
    assert shown(desk, way, 'parts.html("P", {}, 0)').text_content() == "0"
    assert shown(desk, way, 'parts.html("P", {})').text_content() == ""


@pytest.mark.parametrize("way", ["React", "the document"])
def test_a_press_is_heard(desk, way):
    shown(desk, way, 'parts.html("Button", { onClick: () => told.push("pressed") }, "Go")')
    desk.page.get_by_role("button", name="Go").click()
    assert desk.told.pop() == "pressed"


def test_what_is_drawn_belongs_to_the_drawing(desk):
    shown(
        desk, "the document", 'parts.html("Svg", { viewBox: "0 0 9 9" }, parts.html("Path", { d: "M0 0" }))'
    )
    spaces = desk.run("() => [...document.querySelectorAll('#drawn *')].map((each) => each.namespaceURI)")
    assert spaces == ["http://www.w3.org/2000/svg"] * 2
    expect(desk.page.locator("#drawn svg[viewBox='0 0 9 9']")).to_have_count(1)


@pytest.mark.parametrize(
    ("group", "kind", "sign", "text"),
    [(BEST, "sd-seg", ".sd-glyph[aria-hidden=true]", "Best"), (BIG, "sd-clu", ".sd-letter", "ABig")],
)
def test_a_group_is_told_by_its_sign_its_name_and_its_colour(desk, group, kind, sign, text):
    badge = desk.draw("(group) => window.desk.parts.badge(group)", group).locator(f".{kind}")
    assert badge.text_content() == text
    assert badge.get_attribute("style") == "--c: rgb(1, 2, 3);"
    expect(badge.locator(sign)).to_have_count(1)
    expect(badge.locator("[title]")).to_have_count(0)


def test_a_name_that_may_be_cut_has_the_whole_of_it_as_its_title(desk):
    badge = desk.draw("(group) => window.desk.parts.badge(group, true)", BEST)
    assert badge.locator(".sd-cut").get_attribute("title") == "Best"


def test_a_table_is_named_for_readers_and_can_be_scrolled_by_keys(desk):
    columns = [{"name": "Product"}, {"name": "Sold", "style": "sd-num"}]
    drawn = desk.draw(
        "(columns) => window.desk.parts.table('Sales', columns, [['MUG', '3'], ['PLATE', '4']], 'sd-wide')",
        columns,
    )
    region = drawn.get_by_role("region", name="Sales")
    assert region.get_attribute("tabindex") == "0"
    assert region.get_attribute("class") == "sd-tblwrap sd-wide"
    table = region.get_by_role("table", name="Sales")
    assert table.locator("thead th[scope=col]").all_text_contents() == ["Product", "Sold"]
    assert table.locator("tbody th[scope=row]").all_text_contents() == ["MUG", "PLATE"]
    assert table.locator("tbody td.sd-num").all_text_contents() == ["3", "4"]
    expect(table.locator("[class='']")).to_have_count(0)


def test_a_link_changes_the_page_without_loading_it(desk):
    link = "window.desk.parts.link('/customers', 'All', 'sd-strong')"
    made = desk.run(f"() => {link}")
    assert (made["namespace"], made["type"]) == ("still", "Link")
    assert made["props"] == {"href": "/customers", "children": "All", "className": "sd-strong"}
    for part in (link, f"window.desk.parts.html('P', {{}}, {link})"):
        drawn = desk.draw(f"() => {part}").locator("a.sd-strong.of-dash")
        assert (drawn.get_attribute("href"), drawn.text_content()) == ("/customers", "All")


def test_what_has_no_id_is_one_component_for_dash(desk):
    spaces = desk.run(
        """() => { const { html, link } = window.desk.parts;
          const told = (part) => typeof part !== "object" ? [] :
            [part.namespace].concat([part.props.children].flat().flatMap(told));
          const bold = () => html("B", {}, "a");
          return [html("P", {}, [bold(), link("/", "b"), "c", 3]), html("P", {}, html("B", { id: "d" }, "e"))]
            .map(told); }"""
    )
    assert spaces == [["still", None, None], ["dash_html_components"] * 2]
