import logging
import weakref
from collections.abc import Iterator

import pytest

from dioptra_task_host.failures import RequestError
from dioptra_task_host.protocol import Outputs, Ref
from dioptra_task_host.runner import Values


def _items(count: int) -> Iterator[int]:
    yield from range(count)


@pytest.mark.parametrize(
    ("outputs", "value", "kept"),
    [
        (None, 1, {}),
        ((), (1, 2), {}),
        ("a", (1, 2), {"a": (1, 2)}),
        ("a", None, {"a": None}),
        (("a", "b"), (1, 2), {"a": 1, "b": 2}),
        (("a", "b"), "xy", {"a": "x", "b": "y"}),
        (("a", "b"), {"k": 1, "l": 2}, {"a": "k", "b": "l"}),
        (("a", "b"), _items(5), {"a": 0, "b": 1}),
        (("a", "b"), _items(1), {"a": 0}),
    ],
)
def test_a_value_gets_the_names_of_its_outputs(
    outputs: Outputs, value: object, kept: dict[str, object]
) -> None:
    values = Values()
    names = values.keep("step", "s", outputs, value, "x")
    assert {name: values.resolve(Ref("step", "s", name)) for name in names} == kept


def test_another_number_of_items_is_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    named = 'output definitions for step "50 %s"'
    assert Values().keep("step", "50 %s", ("a", "b"), [1, 2, 3], named) == ("a", "b")
    assert Values().keep("artifact", "i", (), [1], 'expected outputs for "i"') == ()
    assert caplog.record_tuples == [
        (
            "dioptra.task_engine.task_engine",
            logging.WARNING,
            f"Different numbers of outputs and {text}",
        )
        for text in (f"{named}: 3 != 2", 'expected outputs for "i": 1 != 0')
    ]


@pytest.mark.parametrize(("origin", "named"), [("step", "s"), ("artifact", "artifacts.s")])
@pytest.mark.parametrize("outputs", [("a",), ()])
def test_a_single_value_cannot_be_shared_out(origin: str, named: str, outputs: Outputs) -> None:
    with pytest.raises(Exception, match="Task output was defined") as raised:
        Values().keep(origin, "s", outputs, 5, "x")  # type: ignore[arg-type]
    assert str(raised.value) == (
        f'In step "{named}": Task output was defined using a list, but the task invocation did '
        "not return an iterable value: 5 (<class 'int'>)"
    )


def test_references_are_resolved_inside_lists_and_objects() -> None:
    values = Values()
    assert values.bind({"p": [1], "q": 2}) == ("p", "q")
    reference = Ref("parameter", "p", "")
    resolved = values.resolve({"a": [reference, {"b": reference}], "c": "$p"})
    assert resolved == {"a": [[1], {"b": [1]}], "c": "$p"}
    assert resolved["a"][0] is resolved["a"][1]["b"]


def test_an_unknown_reference_is_a_defect_of_the_worker() -> None:
    with pytest.raises(RequestError, match="no value is known for step 's', output 'o'"):
        Values().resolve(Ref("step", "s", "o"))


def test_a_dropped_value_is_gone_and_unknown_ones_are_no_matter() -> None:
    values = Values()
    kept = _Thing()
    gone = weakref.ref(kept)
    values.keep("step", "s", "o", kept, "x")
    del kept
    values.drop([Ref("step", "s", "p"), Ref("parameter", "s", "")])
    assert gone() is not None
    values.drop([Ref("step", "s", "o")])
    assert gone() is None


class _Thing:
    """Can be referred to weakly."""
