"""assets/imports/: files go one after the other, can be stopped, and what is refused says why."""

import pytest

PAGE = (
    '<button id="imports-choose-button">Choose files</button>'
    '<div id="imports-drop-div" data-most-mb="1"></div><div id="imports-sending-div"></div>'
    '<a data-within="import" href="/import?step=place">On</a>'
)
#: Requests that answer when the test says so.
FAKE = """() => {
  window.requests = [];
  window.fetched = [];
  window.fetch = (url, options) => {
    fetched.push([options.method, url]);
    return Promise.resolve({ ok: true });
  };
  window.XMLHttpRequest = class {
    constructor() { this.upload = new EventTarget(); this.events = new EventTarget(); requests.push(this); }
    addEventListener(...given) { this.events.addEventListener(...given); }
    open(method, url) { this.asked = `${method} ${url}`; }
    send(body) { this.body = body; }
    abort() { this.stopped = true; this.events.dispatchEvent(new Event("abort")); }
    answer(status, told) {
      this.status = status;
      this.responseText = typeof told === "string" ? told : JSON.stringify(told);
      this.events.dispatchEvent(new Event(status ? "load" : "error"));
    }
  };
  window.desk.goTo = (address) => told.push(["goTo", address]);
}"""
GIVEN = "/import?file=a&as=new&columns=amount%3DNet&columns=date%3DDay"
SENT = {"id": "a" * 32, "name": "may.csv"}


@pytest.fixture
def page(desk):
    desk.open(PAGE, address="/import")
    desk.run(FAKE)
    return desk


def give(page, *sizes):
    page.run(
        "(sizes) => desk.imports.take(sizes.map((size, n) => new File(['x'.repeat(size)], `${n + 1}.csv`)))",
        list(sizes),
    )


def answer(page, place, status, told=SENT):
    page.run("(place, status, told) => requests[place].answer(status, told)", place, status, told)


def told(page):
    return page.run(
        "() => told.filter(([id]) => id !== 'imports-sending-div')"
        ".map(([id, what]) => id === 'goTo' ? what : id)"
    )


def test_a_single_file_is_sent_as_it_is_and_opened(page):
    give(page, 300)
    assert page.run("() => requests[0].asked") == "POST /uploads?name=1.csv"
    assert page.run("() => requests[0].body.size") == 300
    answer(page, 0, 201)
    assert told(page) == [f"/import?file={SENT['id']}"]


def test_several_go_one_after_the_other_and_are_listed(page):
    give(page, 300, 200)
    assert page.run("() => requests.length") == 1
    answer(page, 0, 201)
    assert page.run("() => requests.map((each) => each.asked)") == [
        "POST /uploads?name=1.csv",
        "POST /uploads?name=2.csv",
    ]
    answer(page, 1, 201)
    assert told(page) == ["imports-sent-store"]


def test_a_file_that_is_stopped_is_let_go_and_the_next_one_is_sent(page):
    give(page, 300, 200)
    page.run("() => desk.imports.cancel(desk.imports.files[0])")
    assert page.run("() => requests[0].stopped")
    assert [state for state, _said in states(page)] == ["gone", "sending"]


def states(page):
    return page.run("() => desk.imports.files.map((each) => [each.state, each.sentence ?? null])")


def test_what_is_too_large_or_empty_is_not_sent(page):
    give(page, 1_000_001, 0)
    assert page.run("() => requests.length") == 0
    (_, large), (_, empty) = states(page)
    assert large.startswith("The file is larger than 1 MB. Send it packed")
    assert empty == "The file is empty."


@pytest.mark.parametrize(
    ("status", "answered", "sentence"),
    [
        (400, {"error": "The file is a PDF document.", "ref": "SD-1"}, "The file is a PDF document."),
        (
            500,
            {"error": "x", "ref": "SD-7F3K2"},
            "Something went wrong on our side. Quote the reference SD-7F3K2.",
        ),
        (502, "<html>", "Something went wrong on our side."),
        (
            0,
            "",
            "The connection was lost before the file had arrived. Nothing was kept; choose it again.",
        ),
    ],
)
def test_a_refusal_stands_beside_the_file(page, status, answered, sentence):
    give(page, 300)
    answer(page, 0, status, answered)
    assert states(page) == [["refused", sentence]]
    assert told(page) == []


def test_how_far_a_file_is_stands_in_its_line(page):
    give(page, 400)
    page.run("() => requests[0].upload.dispatchEvent(Object.assign(new Event('progress'), { loaded: 100 }))")
    shown = page.run("() => JSON.stringify(told.findLast(([id]) => id === 'imports-sending-div')[1])")
    assert "25 % of" in shown
    assert '"value":"100"' in shown


def test_a_step_is_gone_to_without_drawing_the_page_anew(page):
    page.page.get_by_role("link", name="On").click()
    assert told(page) == ["/import?step=place"]


@pytest.mark.parametrize(
    ("column", "pair"),
    [
        ("Total", "amount=Total"),
        ("Total, net", 'amount="Total, net"'),
        ("2023", 'amount="2023"'),
        ("-", "amount=-"),
    ],
)
def test_a_column_takes_the_place_of_the_one_that_had_its_role(page, column, pair):
    search = page.run("(...given) => dash_clientside.imports.role(1, 'amount', ...given)", column, GIVEN)
    assert page.run("(search) => new URLSearchParams(search).getAll('columns')", search) == ["date=Day", pair]
    assert "as=new" not in search


def test_what_is_done_is_said_for_a_file_alone(page):
    doing = [
        page.run("(search) => dash_clientside.imports.doing(search)", each)
        for each in ("", "?file=a", "?file=a&step=place")
    ]
    assert [text.partition(" ")[0] for text, _hidden in doing] == ["", "Reading", "Comparing"]
    assert [hidden for _text, hidden in doing] == [True, False, False]
    assert page.run("() => dash_clientside.imports.done()") is True


def test_a_removed_file_is_taken_from_the_site(page):
    page.run(
        "() => document.body.insertAdjacentHTML('beforeend', '<button data-remove=\"b1\">Remove</button>')"
    )
    page.page.get_by_role("button", name="Remove").click()
    page.page.wait_for_function("told.some(([id]) => id === 'imports-sent-store')")
    assert page.run("() => fetched") == [["DELETE", "/uploads/b1"]]
