"""The real program, with modules after which it must not be forked, each named as the culprit."""

import ctypes

import pytest

from worker import Worker

THREAD = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True{}).start()"
NATIVE = """
import ctypes
c = ctypes.CDLL(None)
thread = ctypes.c_ulong()
c.pthread_create(ctypes.byref(thread), None, c.sleep, ctypes.c_void_p(600))
"""
NAMED = f"{NATIVE}\nc.pthread_setname_np(thread, b'poller')"
GPU = "import ctypes\nassert ctypes.CDLL('libcuda.so.1').cuInit(0) == 0"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (THREAD.format(", name='watcher'"), "watcher"),
        (NATIVE, "threads without a name"),
        (NAMED, "poller"),
    ],
)
def test_a_module_that_keeps_a_template_from_forking_is_named(
    worker: Worker, code: str, reason: str
) -> None:
    _module(worker, code)
    ready = worker.template(["json", "numpy", "culprit", "xml"]).ready

    assert not ready.forkable
    assert reason in ready.reason
    assert ready.culprit == "culprit"
    assert [done.module for done in ready.imports] == ["json", "numpy", "culprit"]


def test_a_module_that_uses_the_gpu_is_named(worker: Worker) -> None:
    try:
        ctypes.CDLL("libcuda.so.1")
    except OSError:
        pytest.skip("there is no driver of NVIDIA on this machine")
    _module(worker, GPU)
    ready = worker.template(["culprit"]).ready

    assert not ready.forkable
    assert "GPU" in ready.reason or "CUDA" in ready.reason
    assert ready.culprit == "culprit"


def test_threads_of_openblas_do_not_keep_a_template_from_forking(worker: Worker) -> None:
    _module(worker, "import numpy\nnumpy.ones((500, 500)) @ numpy.ones((500, 500))")
    ready = worker.template(["culprit"]).ready

    assert ready.forkable, ready.reason
    assert ready.culprit == ""


def _module(worker: Worker, code: str) -> None:
    site = worker.folder / "modules"
    site.mkdir()
    (site / "culprit.py").write_text(code)
