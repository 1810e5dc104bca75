"""The allow-list admits what training pickles and refuses everything else by name, before it runs."""

from __future__ import annotations

import builtins
import functools
import importlib
import operator
import os
import pickle
import subprocess

import numpy as np
import pytest
from sklearn.base import BaseEstimator
from sklearn.cluster import KMeans
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer

from services.releases import pickles
from tests.releases.tiny import tiny_customers, tiny_models, tiny_orders


class Calls:
    """Pickles as a call of ``function`` with ``arguments``."""

    def __init__(self, function, *arguments):
        self.reduced = function, arguments

    def __reduce__(self):
        return self.reduced


GADGETS = {
    "system": Calls(os.system, "true"),
    "subprocess.Popen": Calls(subprocess.Popen, ["true"]),
    "builtins.eval": Calls(builtins.eval, "1"),
    "builtins.exec": Calls(builtins.exec, "pass"),
    "builtins.getattr": Calls(getattr, "", "upper"),
    "builtins.__import__": Calls(builtins.__import__, "os"),
    "io.open": Calls(open, "/dev/null"),
    "functools.partial": Calls(functools.partial, len),
    "attrgetter": Calls(operator.attrgetter, "real"),
    "importlib.import_module": Calls(importlib.import_module, "os"),
    "numpy.load": Calls(np.load, "/dev/null"),
    "numpy.fromfile": Calls(np.fromfile, "/dev/null"),
    "runstring": b"\x80\x04cnumpy.testing\nrunstring\n(Vpass\n}tR.",
    "types.CodeType": b"\x80\x04ctypes\nCodeType\n(tR.",
    "types.FunctionType": b"\x80\x04ctypes\nFunctionType\n(tR.",
    "pickle.loads": Calls(pickle.loads, b"N."),
    "BaseEstimator": BaseEstimator(),
    "numpy.sqrt": FunctionTransformer(np.sqrt),
    "joblib.load": b"\x80\x04cjoblib\nload\n(V/dev/null\ntR.",
}


@pytest.mark.parametrize("name", GADGETS)
def test_d6_a_gadget_is_refused_by_name(name):
    gadget = GADGETS[name]
    content = gadget if isinstance(gadget, bytes) else pickle.dumps(gadget, 4)
    with pytest.raises(pickle.UnpicklingError, match=f"{name} is not allowed"):
        pickles.loads(content)


@pytest.mark.parametrize("protocol", range(6))
def test_d6_no_protocol_lets_a_gadget_run(protocol, tmp_path):
    with pytest.raises(pickle.UnpicklingError, match="mkdir is not allowed"):
        pickles.loads(pickle.dumps(Calls(os.mkdir, str(tmp_path / "ran")), protocol))
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"\x80\x04\x8c\x10sklearn.pipeline\x8c\x13Pipeline.__class__.\x93.",
        b"\x80\x04\x8c\x10sklearn.pipeline\x8c\x0cPipeline.fit\x93.",
        b"\x80\x04\x8c\x05numpy\x8c\x0edtype.__base__\x93.",
    ],
)
def test_d6_an_attribute_of_an_allowed_class_is_not_allowed(content):
    with pytest.raises(pickle.UnpicklingError, match="is not allowed"):
        pickles.loads(content)


def test_d6_a_persistent_id_and_an_extension_code_lead_nowhere():
    for content in (b"Pos\n.", b"\x80\x02\x82\x01."):
        with pytest.raises((pickle.UnpicklingError, ValueError), match=r"persistent|unregistered"):
            pickles.loads(content)


class Later:
    """Pickles as an object whose state a call makes."""

    def __init__(self, call):
        self.call = call

    def __reduce_ex__(self, _protocol):
        return Pipeline, ([("log", None)],), {"verbose": self.call}


CALL = Calls(os.mkdir, "/nowhere/ran")
CARRIERS = {
    "in the state of a pipeline": lambda: Later(CALL),
    "among the steps of a pipeline": lambda: Pipeline([("log", CALL)]),
    "in an array of objects": lambda: np.array([CALL], dtype=object),
    "as the centres of a model": lambda: KMeans(CALL),
    "as the key of a dictionary": lambda: {(CALL,): 1},
    "twice, by memory": lambda: [CALL, CALL],
}
STREAMS = {
    "INST": b"(S'/nowhere/ran'\nios\nmkdir\n.",
    "OBJ": b"(cos\nmkdir\nS'/nowhere/ran'\no.",
    "NEWOBJ": b"\x80\x02cos\nmkdir\nX\x0c\x00\x00\x00/nowhere/ran\x85\x81.",
    "NEWOBJ_EX": b"\x80\x04cos\nmkdir\n\x8c\x0c/nowhere/ran\x85}\x92.",
    "FRAME": b"\x80\x04\x95\x0a\x00\x00\x00\x00\x00\x00\x00cos\nmkdir\n.",
    "behind a good one": pickle.dumps(KMeans(2), 5)[:-1] + b"0cos\nmkdir\n.",
}


@pytest.mark.parametrize("made", CARRIERS.values(), ids=CARRIERS)
def test_d6_a_gadget_within_what_is_allowed_is_refused(made):
    with pytest.raises(pickle.UnpicklingError, match="mkdir is not allowed"):
        pickles.loads(pickle.dumps(made(), 4))


@pytest.mark.parametrize("content", STREAMS.values(), ids=STREAMS)
def test_d6_no_opcode_that_names_a_callable_leads_past_the_list(content):
    with pytest.raises(pickle.UnpicklingError, match="mkdir is not allowed"):
        pickles.loads(content)


def test_a_fitted_scaler_and_kmeans_come_back_with_the_same_answers():
    frame = tiny_customers(tiny_orders(12))
    rows = frame[["recency", "frequency", "monetary"]].to_numpy(float)
    scaler, kmeans = tiny_models(frame)
    again, centres = pickles.loads(pickles.dumps(scaler)), pickles.loads(pickles.dumps(kmeans))
    assert np.array_equal(again.transform(rows), scaler.transform(rows))
    assert np.array_equal(centres.predict(again.transform(rows)), kmeans.predict(scaler.transform(rows)))


def test_a_model_that_serving_would_refuse_is_refused_when_it_is_written():
    with pytest.raises(pickle.UnpicklingError, match="expm1 is not allowed"):
        pickles.dumps(FunctionTransformer(np.expm1))
