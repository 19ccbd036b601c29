"""Writes the payloads beside it, as CPython's pickle and zlib make them: python make_payloads.py"""

import datetime
import json
import pickle
import zlib
from pathlib import Path

HERE = Path(__file__).parent
FUNCTION = "dioptra.rq.tasks.run_v1_dioptra_job"


class RunsCode:
    def __reduce__(self):
        return (print, ("a payload was executed",))


def call(kwargs, function=FUNCTION, instance=None, args=()):
    return (function, instance, args, kwargs)


def write(name, content):
    (HERE / name).write_bytes(content)


def deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


def self_reference():
    value = []
    value.append(value)
    return value


def laughs(levels):
    """2 ** levels leaves in a few hundred bytes."""
    value = ["ha"]
    for _ in range(levels):
        value = [value, value]
    return value


GOOD = {"job_id": 12, "experiment_id": 70000}

for protocol in range(2, 6):
    write(f"call-protocol-{protocol}.bin", zlib.compress(pickle.dumps(call(GOOD), protocol)))
    everything = {
        "none": None,
        "bools": [True, False],
        "ints": [0, 255, 65535, -1, 2**31 - 1, -(2**31), 2**40, -(2**63), 2**200],
        "reals": [1.5, float("-inf")],
        "texts": ["", "Größe", "x" * 300, "y" * 70000],
        "bytes": [b"", b"\x00\xff", b"z" * 300] if protocol > 2 else [],
        "tuples": [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4)],
        "many": list(range(2500)),
        "one": {"only": "entry"},
        "shared": ["shared", "shared"],
    }
    write(f"everything-protocol-{protocol}.bin", zlib.compress(pickle.dumps(everything, protocol)))

write("call-uncompressed.bin", pickle.dumps(call(GOOD)))
write("call-json.bin", zlib.compress(json.dumps([FUNCTION, None, [], GOOD]).encode()))
write("call-large-ids.bin", zlib.compress(pickle.dumps(call({"job_id": 2**40, "experiment_id": 2**63 - 1}))))

REFUSED = {
    "other-function": call({"path": "/"}, function="shutil.rmtree"),
    "method": call(GOOD, instance="object"),
    "positional": call({}, args=(12, 70000)),
    "other-keywords": call({"job_id": 12}),
    "text-id": call({"job_id": "12", "experiment_id": 1}),
    "bool-id": call({"job_id": True, "experiment_id": 1}),
    "negative-id": call({"job_id": -1, "experiment_id": 1}),
    "huge-id": call({"job_id": 2**64, "experiment_id": 1}),
    "huge-integer": call({"job_id": 2**4000, "experiment_id": 1}),
    "reduce": call({"job_id": RunsCode(), "experiment_id": 1}),
    "date": call({"job_id": datetime.date(2026, 1, 1), "experiment_id": 1}),
    "set": call({"job_id": {1, 2}, "experiment_id": 1}),
    "deep": call({"job_id": deep(200), "experiment_id": 1}),
    "self-reference": call({"job_id": self_reference(), "experiment_id": 1}),
    "laughs": call({"job_id": laughs(25), "experiment_id": 1}),
    "many-values": call({"job_id": list(range(11_000)), "experiment_id": 1}),
}
for name, value in REFUSED.items():
    write(f"refused-{name}.bin", zlib.compress(pickle.dumps(value)))
write("refused-bomb.bin", zlib.compress(pickle.dumps(call({"job_id": "0" * 3_000_000, "experiment_id": 1})), 9))
write("refused-global-protocol-0.bin", zlib.compress(pickle.dumps(call({"job_id": RunsCode()}), 0)))
write("refused-reduce-protocol-2.bin", zlib.compress(pickle.dumps(call({"job_id": RunsCode()}), 2)))
