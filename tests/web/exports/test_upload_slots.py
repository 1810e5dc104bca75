"""E6, files that are answered at once: one a person, two a worker; a slot comes back whatever happens."""

from __future__ import annotations

import io
from threading import Event, Thread

import pytest

from services.core.refusals import Refusal
from services.desk import load_services
from services.site.people.roles import Role
from services.site.settings import Settings
from services.site.state import State
from services.web.exports import predicted_rows as row_predictions
from services.web.exports.predicted_rows import ROUTE
from services.web.exports.upload_slots import WAIT_SECONDS
from tests.releases.tiny import make_tiny_release
from tests.web.people import KEY, Guarded, create_app, guarded

ROWS = b"recency,orders,spend\n30,2,100\n"


@pytest.fixture
def site(tmp_path):
    make_tiny_release(tmp_path / "models")
    return guarded(tmp_path / "models", tmp_path / "state")


def told_to_wait(answer, whose):
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(WAIT_SECONDS))
    assert answer.json["error"].startswith(whose)
    return True


MINE, OTHERS = "Another file of yours is being processed.", "Other people's files are being processed."


class Held:
    """Files whose answering waits until the test says so."""

    def __init__(self, monkeypatch) -> None:
        self.begun = [Event() for _ in range(9)]
        self.go_on = Event()
        self._count = 0
        answer = row_predictions.answer_rows

        def wait(*given):
            self.begun[self._count].set()
            self._count += 1
            assert self.go_on.wait(60)
            return answer(*given)

        monkeypatch.setattr(row_predictions, "answer_rows", wait)
        self.statuses: list[int] = []

    def send(self, client, place) -> Thread:
        def post():
            with client.post(ROUTE, data=ROWS) as answer:
                answer.get_data()
                self.statuses.append(answer.status_code)

        thread = Thread(target=post)
        thread.start()
        assert self.begun[place].wait(60)
        return thread


def test_e6_one_a_person_and_two_a_worker_and_others_are_told_to_wait(site, monkeypatch):
    held = Held(monkeypatch)
    viewer, analyst, admin = (site.signed_in(role) for role in (Role.VIEWER, Role.ANALYST, Role.ADMIN))
    threads = [held.send(viewer, 0)]
    assert told_to_wait(site.signed_in(Role.VIEWER).post(ROUTE, data=ROWS), MINE)
    threads.append(held.send(analyst, 1))
    assert told_to_wait(admin.post(ROUTE, data=ROWS), OTHERS)
    assert viewer.get("/healthz").status_code == 200
    held.go_on.set()
    for thread in threads:
        thread.join(60)
    assert held.statuses == [200, 200]
    for client in (viewer, analyst, admin):
        with client.post(ROUTE, data=ROWS) as answer:
            assert answer.status_code == 200


def test_e6_a_person_has_one_slot_among_all_workers(site, tmp_path):
    given = Settings(models_dir=tmp_path / "models", state_dir=tmp_path / "state", secret_key=KEY)
    other = Guarded(create_app(given, load_services(given)), State(tmp_path / "state"), {})
    here = site.signed_in(Role.VIEWER).post(ROUTE, data=ROWS)
    viewer, analyst = other.signed_in(Role.VIEWER), other.signed_in(Role.ANALYST)
    assert told_to_wait(viewer.post(ROUTE, data=ROWS), MINE)
    with analyst.post(ROUTE, data=ROWS) as answer:
        assert answer.status_code == 200
    here.close()
    with viewer.post(ROUTE, data=ROWS) as answer:
        assert answer.status_code == 200


class Broken(io.BytesIO):
    """A connection that ends in the middle of a body."""

    def read(self, *_given):
        raise ConnectionResetError

    readline = readinto = read


def disconnected(client, monkeypatch):
    ended = {"wsgi.input_terminated": True}
    client.post(ROUTE, input_stream=Broken(), environ_overrides=ended)


def refused(client, monkeypatch):
    assert client.post(ROUTE, data=b"a,b\n1,2\n").status_code == 400
    assert client.post(f"{ROUTE}?release=20200101T000000Z-abcdef", data=ROWS).status_code == 400


def too_large(client, monkeypatch):
    monkeypatch.setattr(row_predictions, "MOST_BYTES", 10)
    assert client.post(ROUTE, data=ROWS).status_code == 413
    monkeypatch.undo()


def a_defect(client, monkeypatch):
    def fail(*_given):
        raise ZeroDivisionError

    monkeypatch.setattr(row_predictions, "answer_rows", fail)
    assert client.post(ROUTE, data=ROWS).status_code == 500
    monkeypatch.undo()


def left_while_sent(client, monkeypatch):
    client.post(ROUTE, data=ROWS).close()  # nothing of it was read
    answer = client.post(ROUTE, data=ROWS)
    next(answer.iter_encoded())
    answer.close()


def read_and_not_closed(client, monkeypatch):
    assert client.post(ROUTE, data=ROWS).get_data()


def a_refusal_while_sent(client, monkeypatch):
    def fail(_answered):
        yield "x"
        raise Refusal("The file changed.")

    monkeypatch.setattr(row_predictions.Answered, "text", fail)
    answer = client.post(ROUTE, data=ROWS)
    with pytest.raises(Refusal):
        answer.get_data()
    monkeypatch.undo()


ENDS = (
    disconnected,
    refused,
    too_large,
    a_defect,
    left_while_sent,
    read_and_not_closed,
    a_refusal_while_sent,
)


@pytest.mark.parametrize("end", ENDS)
def test_e6_a_slot_comes_back_whatever_happens(site, monkeypatch, end):
    viewer = site.signed_in(Role.VIEWER)
    for _ in range(3):  # more often than there are slots
        end(viewer, monkeypatch)
    with viewer.post(ROUTE, data=ROWS) as answer:
        assert answer.status_code == 200, answer.text


def test_e9_on_a_disk_that_takes_no_change_a_worker_still_counts(site, monkeypatch):
    viewer = site.signed_in(Role.VIEWER)

    def fail(*_given, **_named):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("services.web.exports.upload_slots.os.open", fail)
    first = viewer.post(ROUTE, data=ROWS)
    assert first.status_code == 200
    assert told_to_wait(viewer.post(ROUTE, data=ROWS), MINE)
    first.close()
