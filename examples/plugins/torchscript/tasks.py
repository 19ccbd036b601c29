"""Stands for the JVM tasks of the library "torchscript": Inference, evaluation and attack of
TorchScript models on the JVM.

Written by dioptra-worker-v1 tasks; a worker runs the tasks with their jar mounted.
"""

from typing import Any

from dioptra import pyplugs

try:
    from dioptra_task_host import jvm
except ImportError:
    raise ImportError(
        'The tasks of "torchscript" run on the JVM, which this worker has not: submit the job to a '
        "queue that is served by an image of the Java worker, dioptra/worker-*, with their jar."
    ) from None


@pyplugs.register
def benchmark(
    model: Any, inputs: Any, batch_size: Any = 32, repetitions: Any = 100, warm_up: Any = 10
) -> Any:
    """Measure how long a model takes for a batch, from its input in the framework's memory to its
    output there.

    Args:
        inputs: float32, the first axis that of the examples; the first batch_size of them are used
        batch_size: how many examples are given to the model at a time
        repetitions: how many batches are measured
        warm_up: how many go before and are not

    Returns:
        median: milliseconds for a batch
        percentile_90: milliseconds
        percentile_99: milliseconds
        throughput: examples per second
    """
    return jvm.call("torchscript.benchmark", model, inputs, batch_size, repetitions, warm_up)


@pyplugs.register
def classify(model: Any, inputs: Any, batch_size: Any = 64) -> Any:
    """Tell the class of each example: the one with the highest score.

    Args:
        inputs: float32, the first axis that of the examples
        batch_size: how many examples are given to the model at a time

    Returns:
        labels: int64 of shape (examples,)
    """
    return jvm.call("torchscript.classify", model, inputs, batch_size)


@pyplugs.register
def evaluate(model: Any, inputs: Any, labels: Any, k: Any = 5, batch_size: Any = 64) -> Any:
    """Compare what a classifier says with what is right.

    Args:
        inputs: float32, the first axis that of the examples
        labels: int32 or int64 of shape (examples,)
        k: of top_k_accuracy
        batch_size: how many examples are given to the model at a time

    Returns:
        accuracy: 0 to 1
        top_k_accuracy: part of the examples whose label is among the k best classes
        confusion: int64 of shape (classes, classes), a row for each label
    """
    return jvm.call("torchscript.evaluate", model, inputs, labels, k, batch_size)


@pyplugs.register
def fast_gradient(
    model: Any,
    inputs: Any,
    labels: Any,
    epsilon: Any,
    minimum: Any = 0.0,
    maximum: Any = 1.0,
    batch_size: Any = 64,
) -> Any:
    """Attack a classifier with the fast gradient sign method: move each pixel by epsilon in the
    direction that raises the cross entropy of the scores.

    Args:
        inputs: float32, the first axis that of the examples
        labels: int32 or int64 of shape (examples,)
        epsilon: in the unit of the pixels
        minimum: of a pixel
        maximum: of a pixel
        batch_size: how many examples are given to the model at a time

    Returns:
        adversarial: float32, of the shape of the inputs
    """
    return jvm.call(
        "torchscript.fast_gradient", model, inputs, labels, epsilon, minimum, maximum, batch_size
    )


@pyplugs.register
def load_model(path: Any, device: Any = "auto") -> Any:
    """Load a TorchScript file, as torch.jit.script(model).save(path) writes it. It is used in
    evaluation mode.

    Args:
        path: relative to the job's folder, or absolute
        device: auto (a GPU if there is one), cpu or gpu
    """
    return jvm.call("torchscript.load_model", path, device)


@pyplugs.register
def predict(model: Any, inputs: Any, batch_size: Any = 64) -> Any:
    """Give all examples to a model, in batches.

    Args:
        inputs: float32, the first axis that of the examples
        batch_size: how many examples are given to the model at a time

    Returns:
        scores: float32, what the model gives for each example
    """
    return jvm.call("torchscript.predict", model, inputs, batch_size)
