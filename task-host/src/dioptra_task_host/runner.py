"""Owns the values of a job and the calls of its tasks. Values stay here; the worker names them."""

import logging
from collections.abc import Iterable, Iterator
from typing import Any

from dioptra.sdk.exceptions.task_engine import NonIterableTaskOutputError

from dioptra_task_host.failures import RequestError
from dioptra_task_host.loader import Loader
from dioptra_task_host.protocol import Call, NamedValues, Origin, Outputs, Ref, Texts, Value

# The logger that Dioptra's users know these lines from.
_LOG = logging.getLogger("dioptra.task_engine.task_engine")


class Values:
    """The values that live in this process, by the reference that the worker uses for them."""

    def __init__(self) -> None:
        self._values: dict[Ref, object] = {}

    def bind(self, parameters: NamedValues) -> Texts:
        """Keeps the parameters of the job."""
        for name, value in parameters.items():
            self._values[Ref("parameter", name, "")] = self.resolve(value)
        return tuple(parameters)

    def keep(
        self, origin: Origin, producer: str, outputs: Outputs, value: object, mismatch: str
    ) -> Texts:
        """Gives a value, or its items, the names of `outputs`. Returns the names that were given.

        `mismatch` begins the warning about an unequal number of items and names.
        """
        if outputs is None:
            return ()
        if isinstance(outputs, str):
            self._values[Ref(origin, producer, outputs)] = value
            return (outputs,)
        step = f"artifacts.{producer}" if origin == "artifact" else producer
        names = []
        for name, item in zip(outputs, _items(value, step, len(outputs), mismatch), strict=False):
            self._values[Ref(origin, producer, name)] = item
            names.append(name)
        return tuple(names)

    def resolve(self, value: Value) -> Any:
        """Replaces the references in a value by what they stand for; lists and objects are new."""
        match value:
            case Ref():
                try:
                    return self._values[value]
                except KeyError:
                    raise RequestError(f"no value is known for {value}") from None
            case list():
                return [self.resolve(item) for item in value]
            case dict():
                return {key: self.resolve(item) for key, item in value.items()}
            case _:
                return value

    def drop(self, references: list[object]) -> None:
        """Forgets the values that nobody reads any more; those it does not know are no matter."""
        for reference in references:
            if isinstance(reference, Ref):
                self._values.pop(reference, None)


def call(request: Call, loader: Loader, values: Values) -> Texts:
    """Calls the task of a step. Returns the names of the outputs that got a value."""
    args = [values.resolve(value) for value in request.args]
    kwargs = {name: values.resolve(value) for name, value in request.kwargs.items()}
    values.drop(request.drop)
    if args:
        _LOG.debug("args: %s", args)
    if kwargs:
        _LOG.debug("kwargs: %s", kwargs)
    result = loader.task(request.plugin)(*args, **kwargs)
    warning = f'output definitions for step "{request.step}"'
    names = values.keep("step", request.step, request.outputs, result, warning)
    values.drop(request.drop)  # also outputs of the step itself
    return names


def _items(value: Any, step: str, expected: int, mismatch: str) -> Iterable[object]:
    try:
        items: Iterator[object] = iter(value)
    except TypeError:
        raise NonIterableTaskOutputError(value, step) from None
    try:
        length = len(value)
    except TypeError:
        return items
    if length != expected:
        _LOG.warning("Different numbers of outputs and %s: %d != %d", mismatch, length, expected)
    return items
