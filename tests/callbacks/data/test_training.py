"""The card Training as functions: asked for, stopped, and what each person is shown."""

from __future__ import annotations

import json

import pytest
from dash import no_update

from callbacks.clusters import training as of_clusters
from callbacks.data.standing import form, standing
from callbacks.data.training import stop, train
from callbacks.presets import training as of_presets
from layouts.ids import Training
from services.desk import load_services
from services.site.jobs.leases import Leases
from services.site.jobs.queue import Jobs
from services.site.ledger import Ledger
from services.site.people.audit import Audit
from services.site.people.roles import Role
from services.site.settings import Settings
from services.web.access.asking import Asking
from tests.releases.tiny import make_tiny_release
from tests.site.ledger.keeping import keep

ANA, TOM, VIC = Asking("ana", Role.ANALYST), Asking("tom", Role.ANALYST), Asking("vic", Role.VIEWER)
TEXT = "customer;date;amount\nA;2024-05-01;3\n"


@pytest.fixture
def services(tmp_path):
    models = tmp_path / "models"
    make_tiny_release(models)
    made = load_services(Settings(models_dir=models, state_dir=tmp_path / "state"))
    keep(Ledger(tmp_path / "state"), "may.csv", TEXT)
    yield made
    made.state.close()


def last(services):
    return Jobs(services.state).standing().job


def written(part):
    return json.dumps(part, ensure_ascii=False)


def test_a_training_is_asked_for_once_and_another_person_sees_and_stops_it(services):
    assert train(services, "standard", ANA)["asked"] == "asked 1"
    job = last(services)
    assert (job.who, job.on_ledger, job.asked["preset"]["id"]) == ("ana", True, "standard")
    seen = standing(services, TOM)
    assert seen["open"]
    assert "ana’s training waits" in seen["props"][Training.FINDING]["children"]
    refused = train(services, "standard", TOM)
    assert refused["asked"] is no_update
    assert "ana asked for a training on" in written(refused["refused"])
    assert stop(services, job.id, TOM) == {"asked": "stopped 1", "refused": []}
    assert last(services).cancelled_by == "tom"
    assert "has ended already" in written(stop(services, job.id, ANA)["refused"])
    logged = [(entry.who, entry.subject, entry.result) for entry in Audit(services.state).listed()]
    assert logged == [("tom", "1: the ledger", "cancelled"), ("ana", "1: the ledger", "asked for")]


def test_a_preset_that_is_not_there_is_said_beside_its_field(services):
    for key in ("nobody", None, "our-shop@9"):
        refused = train(services, key, ANA)
        assert refused["asked"] is no_update
        assert written([refused["refused"], refused["preset_refused"]]) != "[[], []]"
    assert last(services) is None


def test_what_is_shown_is_plain_and_the_release_that_was_made_is_compared(services):
    train(services, "standard", ANA)
    new = make_tiny_release(services.settings.models_dir, active=False)
    worker = Leases(services.state, "worker")
    worker.finish(worker.claim(), new, "")
    seen = standing(services, VIC)
    assert not seen["open"]
    assert f"/releases?with={new}" in json.dumps(seen)
    assert seen["props"][Training.FORM] == {"hidden": True}


def test_the_form_names_the_files_and_offers_the_active_presets_first(services):
    shown = form(services, ANA)
    assert "may.csv" in written(shown["files"])
    assert (shown["preset"], shown["train_hidden"]) == ("standard", False)
    assert shown["presets"][0] == {"value": "standard", "label": "Tiny, of the active release"}
    assert len({each["value"] for each in shown["presets"]}) == len(shown["presets"])
    assert form(services, VIC)["files"] == []


def test_the_first_training_of_a_site_takes_the_preset_of_the_settings(tmp_path):
    (tmp_path / "models").mkdir()
    keep(Ledger(tmp_path / "state"), "may.csv", TEXT)
    settings = Settings(models_dir=tmp_path / "models", state_dir=tmp_path / "state", preset="quartile")
    services = load_services(settings)
    shown = form(services, ANA)
    assert (shown["preset"], shown["train_hidden"], shown["choices"]) == ("quartile", False, [])
    assert "may.csv" in written(shown["files"])
    assert not any("active release" in each["label"] for each in shown["presets"])
    assert train(services, shown["preset"], ANA)["asked"] == "asked 1"
    assert (last(services).asked["preset"]["id"], last(services).asked["options"]) == ("quartile", {})
    new = make_tiny_release(settings.models_dir, active=False)
    worker = Leases(services.state, "worker")
    worker.finish(worker.claim(), new, "")
    told = written(standing(services, ANA))
    assert "24 rows used + 1 left out = 25 read." in told
    assert "Look at it and publish it" in told
    services.state.close()


def test_another_k_and_another_preset_say_why_there_are_no_files_to_train_on(services):
    for answer in (
        of_clusters.train(services, "3", ANA),
        of_presets.train(services, "standard", None, ANA),
    ):
        assert "This release was made from “tiny.csv” on the server" in written(answer)
    assert last(services) is None
    assert "Choose from 2 to 20 clusters." in written(of_clusters.train(services, "1", ANA))


def test_another_k_and_another_preset_are_asked_for_with_the_files_of_the_release(services, monkeypatch):
    monkeypatch.setattr("services.site.jobs.asking.came_from", lambda _entries, _made: True)
    answer = written(of_clusters.train(services, "3", ANA))
    assert "A training on the files of the ledger with 3 clusters was requested." in answer
    assert "/data#training" in answer
    assert last(services).asked["options"]["k"] == 3
    stop(services, last(services).id, ANA)
    answer = written(of_presets.train(services, "quartile", {"preset": "quartile", "version": None}, ANA))
    assert last(services).asked["preset"]["id"] == "quartile"
    assert "was requested" in answer
    assert "There is no preset" in written(of_presets.train(services, "nobody", None, ANA))
