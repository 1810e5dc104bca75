"""Sources become files of the ledger: new ones of a folder, and what a database holds now."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from services.brought.adding import Bringing, add
from services.brought.asking import ask_for_training
from services.brought.renewing import QUERY_FILE, Renewing
from services.brought.training import gather_ledger
from services.core.refusals import Refusal
from services.site.customers.forgotten import Forgotten
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.people.audit import Audit
from services.site.settings import Settings
from services.site.sources import Done, Sources, configured
from services.site.sources.folder import Files
from services.site.state import State
from services.training.options import TrainOptions
from services.training.reading import ReadOptions
from services.training.run import train
from services.training.sample import write_sample
from tests.postgresql import postgresql
from tests.releases.tiny import make_tiny_release
from tests.site.sources.shops import ready_shop, sqlite_shop

HEAD = ["customer", "order", "date", "product", "quantity", "price"]
#: Prices with three decimals: in a file that somebody brings, the point of 1.125 would be a question.
MAY = [(f"K{n % 4}", str(n), f"2024-05-{n:02}", f"P{n % 3}", 1, n + 0.125) for n in range(1, 29)]
MADE = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
def state(tmp_path):
    opened = State(tmp_path / "state")
    yield opened
    opened.close()


@pytest.fixture
def shop(tmp_path, state):
    """Gives a function that renews the database's rows, as its settings ask for them."""

    def renew(rows, query="sales", columns=HEAD, **further):
        url = sqlite_shop(tmp_path / "shop.sqlite", columns, rows)
        settings = Settings(state_dir=tmp_path / "state", source_url=url, source_query=query, **further)
        (source,) = configured(settings)
        sources = Sources(state)
        assert sources.claim(source, "test", 60, early=True)
        try:
            renewed = Renewing(settings, state).database(source)
        except Refusal as refusal:
            sources.failed(source, "test", str(refusal))
            raise
        sources.succeeded(source, "test", renewed.done, train=settings.source_train)
        return renewed

    return renew


def held(tmp_path) -> dict[str, int]:
    return {entry.name: entry.rows for entry in Ledger(tmp_path / "state").entries()}


def test_what_a_database_holds_takes_the_place_of_what_it_held(shop, tmp_path, state):
    first = shop(MAY[:20])
    assert ([entry.rows for entry in first.added], first.done.changed) == ([20], True)
    second = shop(MAY)
    assert (len(second.added), [entry.rows for entry in second.replaced]) == (1, [20])
    assert held(tmp_path) == {"sales.csv": 28}
    (entry,) = Ledger(tmp_path / "state").entries()
    assert entry.added_by == "source:database"
    assert entry.reading == {"encoding": "utf-8", "separator": ",", "header_row": 1, "decimal": "."}
    logged = [(each.who, each.subject, each.rows, each.result) for each in Audit(state).listed(what="ledger")]
    assert logged == [
        ("source:database", "sales.csv", 20, "replaced"),
        ("source:database", "sales.csv", 28, "added"),
        ("source:database", "sales.csv", 20, "added"),
    ]


def test_the_same_rows_in_another_order_change_nothing(shop, tmp_path):
    shop(MAY)
    before = [path.stat().st_ino for path in (tmp_path / "state" / "ledger").rglob("*.data")]
    again = shop(MAY[::-1])
    assert (again.added, again.replaced, again.done.changed) == ([], [], False)
    assert [path.stat().st_ino for path in (tmp_path / "state" / "ledger").rglob("*.data")] == before


def test_rows_that_cannot_be_used_leave_those_there_were(shop, tmp_path):
    shop(MAY)
    with pytest.raises(Refusal, match="no such table: gone"):
        shop(MAY, query="gone")
    with pytest.raises(Refusal, match=r"“sales\.csv” was not added\. "):
        shop([])
    with pytest.raises(Refusal, match=rf"“{re.escape(QUERY_FILE)}” was not added\. "):
        shop(MAY, query="SELECT customer, price FROM sales")
    assert held(tmp_path) == {"sales.csv": 28}


def test_a_file_that_somebody_brought_stays_beside_the_source(shop, tmp_path):
    brought = Ledger(tmp_path / "state")
    shop(MAY)
    (entry,) = brought.entries()
    with brought.changing():
        content = brought.path(entry).read_bytes().replace(b"2024-05", b"2024-06")
        draft = brought.draft_of([content])
        other = entry.model_copy(
            update={
                "id": draft.digest[:16],
                "digests": (draft.digest,),
                "name": "june.csv",
                "added_by": "ana",
            }
        )
        brought.keep([(draft, other)])
    shop(MAY[:20])
    assert held(tmp_path) == {"june.csv": 28, "sales.csv": 20}


def test_a_ledger_that_a_killed_try_changed_counts_as_changed(shop, tmp_path, state):
    shop(MAY[:20])
    settings = Settings(
        state_dir=tmp_path / "state",
        source_url=sqlite_shop(tmp_path / "shop.sqlite", HEAD, MAY),
        source_query="sales",
    )
    (source,) = configured(settings)
    Renewing(settings, state).database(source)  # and nobody noted it
    assert shop(MAY).done.changed


def test_the_rows_of_an_erased_customer_are_not_kept(shop, tmp_path, state):
    Forgotten(state).add("K3")
    shop(MAY)
    assert held(tmp_path) == {"sales.csv": 21}
    assert not shop(MAY).done.changed


def test_a_training_is_asked_for_once_after_a_change_and_later_while_another_waits(shop, tmp_path, state):
    models = tmp_path / "models"
    manifest = models / "releases" / make_tiny_release(models) / "manifest.json"
    options = {"k": 3, "as_of": "2011-12-10"}
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"options": options}))
    settings = Settings(state_dir=tmp_path / "state", models_dir=models, source_train=True, preset="quartile")
    assert not ask_for_training(settings, state)
    jobs = Jobs(state)
    other = jobs.ask("ana", {"files": ["/sales.csv"], "preset": {}, "options": {}})
    shop(MAY, source_train=True)
    assert not ask_for_training(settings, state)
    jobs.cancel(other, "ana")
    assert ask_for_training(settings, state)
    assert not ask_for_training(settings, state)
    asked = jobs.listed()[0]
    assert (asked.who, asked.asked["preset"]["id"]) == ("source", "quartile")
    assert (asked.on_ledger, asked.asked["files"]) == (True, [])  # those that it has when it runs
    assert asked.asked["options"] == {"k": 3}  # of the active release, but for the day of its files


def test_files_of_a_folder_are_added_each_by_itself_and_a_refused_one_stays_where_it_is(tmp_path, state):
    folder = tmp_path / "brought"
    folder.mkdir()
    lines = [",".join(HEAD), *(",".join(map(str, (*row[:-1], "2.50"))) for row in MAY)]
    (folder / "may.csv").write_text("\n".join(lines))
    (folder / "note.csv").write_text("%PDF-1.7")
    (folder / "zz.csv").write_text("\n".join(lines).replace("2024-05", "2024-06"))
    settings = Settings(state_dir=tmp_path / "state", source_folder=folder)
    (source,) = configured(settings)
    told, files = [], Files(state)
    found = files.look(folder, 0)
    (folder / "zz.csv").write_text("it is being written again")
    renewed = Renewing(settings, state).folder(source, found, lambda file: told.append(file.name))
    assert told == ["may.csv", "note.csv", "zz.csv"]
    assert [(entry.name, entry.added_by) for entry in renewed.added] == [("may.csv", "source:folder")]
    assert renewed.done == Done(True)
    assert [name for name, _reason in renewed.refused] == ["note.csv"]
    assert renewed.refused[0][1].startswith("“note.csv” was not added. The file is a PDF document")
    assert held(tmp_path) == {"may.csv": 28}
    assert sorted(path.name for path in folder.iterdir()) == ["may.csv", "note.csv", "zz.csv"]
    assert [file.name for file in files.look(folder, 0)] == ["zz.csv"]


def test_a_refused_file_that_somebody_adds_with_an_answer_is_told_no_longer(tmp_path, state):
    folder = tmp_path / "brought"
    folder.mkdir()
    rows = [f"K{n},9{n},0{n}/0{n + 1}/2024,P1,1,2.50" for n in range(1, 6)]
    (folder / "open.csv").write_text("\n".join([",".join(HEAD), *rows]))
    settings = Settings(state_dir=tmp_path / "state", source_folder=folder)
    (source,) = configured(settings)
    files, ledger = Files(state), Ledger(tmp_path / "state")
    Renewing(settings, state).folder(source, files.look(folder, 0), lambda _file: None)
    (refused,) = files.refused()
    files.settle(ledger)
    assert files.refused() == [refused]
    answered = TrainOptions(reading=ReadOptions(date_order="dmy"))
    add(ledger, [folder / "open.csv"], Bringing(answered, "ana"), tmp_path / "scratch")
    files.settle(ledger)
    assert files.refused() == []


#: The types of the sample's columns in PostgreSQL; the others are texts.
KINDS = {"Quantity": "integer", "InvoiceDate": "timestamp", "UnitPrice": "numeric"}


def tables_of(release) -> dict[str, str]:
    return {name: file.sha256 for name, file in release.files.items() if not name.endswith(".json")}


def postgresql_shop(url: str, file: Path, header: list[str]) -> str:
    columns = ", ".join(f'"{name}" {KINDS.get(name, "text")}' for name in header)
    ready_shop(url, f"CREATE TABLE sales ({columns})")
    copying = "COPY sales FROM STDIN (FORMAT csv, HEADER true)"
    with psycopg.connect(url) as shop, shop.cursor().copy(copying) as copy:
        copy.write(file.read_bytes())
    return url


@pytest.mark.slow
@pytest.mark.usefixtures("little_evidence")
def test_rows_of_postgresql_and_of_sqlite_give_the_release_of_the_file(tmp_path):
    file = tmp_path / "sales.csv"
    write_sample(file, customers=300)
    with file.open(newline="") as opened:
        header, *rows = csv.reader(opened)
    whole = tables_of(train(file, tmp_path / "whole", TrainOptions(k=3), now=MADE))
    assert len(whole) > 50
    with postgresql() as server:
        shops = {
            "postgresql": postgresql_shop(server.url, file, header),
            "sqlite": sqlite_shop(tmp_path / "shop.sqlite", header, rows),
        }
        for place, url in shops.items():
            settings = Settings(state_dir=tmp_path / place, source_url=url, source_query="sales")
            state = State(settings.state_dir)
            Renewing(settings, state).database(*configured(settings))
            state.close()
            scratch = tmp_path / f"{place} scratch"
            files, options = gather_ledger(Ledger(settings.state_dir), TrainOptions(k=3), scratch)
            assert tables_of(train(files, tmp_path / f"{place} models", options, now=MADE)) == whole, place
