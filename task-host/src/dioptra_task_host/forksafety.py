"""Owns the question whether a fork of this process would work as the process itself does."""

import sys
import threading
from collections import Counter
from typing import Any

from dioptra_task_host import kernel

# Threads of allocators that start anew in a child.
_SURVIVING_THREADS = {"jemalloc_bg_thd"}
# NVIDIA's driver, the same in WSL, and AMD's.
_GPU_DEVICES = ("/dev/nvidia", "/dev/dxg", "/dev/kfd")
_LOST = "a fork does not copy"


def why_not_forkable() -> str:
    """Says why a fork of this process would not work; empty if it would."""
    # Libraries that say themselves what they run come first: their threads have no names.
    return _gpu() or _tensorflow() or _threads()


def _threads() -> str:
    threads = [thread.name for thread in threading.enumerate()]
    if len(threads) > 1:
        return f"a preloaded module runs threads that {_LOST}: {', '.join(threads[1:])}"
    native = Counter(kernel.native_threads())
    # OpenBLAS starts its threads anew in a child; they bear the name of the process. So do
    # those of others, like OpenMP, after which a child would wait for ever.
    nameless = native.pop(kernel.process_name(), 0)
    names = set(native) - _SURVIVING_THREADS
    if names:
        return f"a library runs threads that {_LOST}: {', '.join(sorted(names))}"
    if nameless > kernel.openblas_threads():
        return f"a library runs threads without a name, which {_LOST}"
    return ""


def _gpu() -> str:
    if any(kernel.open_devices(prefix) for prefix in _GPU_DEVICES):
        return f"a preloaded module uses the GPU, which {_LOST}"
    torch: Any = sys.modules.get("torch.cuda")
    if kernel.cuda_is_used() or getattr(torch, "_initialized", False):
        return f"a preloaded module has a CUDA context, which {_LOST}"
    return ""


def _tensorflow() -> str:
    context: Any = getattr(sys.modules.get("tensorflow.python.eager.context"), "_context", None)
    if context and context._initialized:
        return f"a preloaded module runs TensorFlow operations, whose threads {_LOST}"
    return ""
