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
def test_a_gadget_is_refused_by_name(name):
    gadget = GADGETS[name]
    content = gadget if isinstance(gadget, bytes) else pickle.dumps(gadget, 4)
    with pytest.raises(pickle.UnpicklingError, match=f"{name} is not allowed"):
        pickles.loads(content)


@pytest.mark.parametrize("protocol", range(6))
def test_no_protocol_lets_a_gadget_run(protocol, tmp_path):
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
def test_an_attribute_of_an_allowed_class_is_not_allowed(content):
    with pytest.raises(pickle.UnpicklingError, match="is not allowed"):
        pickles.loads(content)


def test_a_persistent_id_and_an_extension_code_lead_nowhere():
    for content in (b"Pos\n.", b"\x80\x02\x82\x01."):
        with pytest.raises((pickle.UnpicklingError, ValueError), match=r"persistent|unregistered"):
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
