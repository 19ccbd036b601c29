"""Stands for the JVM tasks of the library "squeezing": Makes images coarser, which removes small
perturbations.

Written by dioptra-worker-v1 tasks; a worker runs the tasks with their jar mounted.
"""

from typing import Any

from dioptra import pyplugs

try:
    from dioptra_task_host import jvm
except ImportError:
    raise ImportError(
        'The tasks of "squeezing" run on the JVM, which this worker has not: submit the job to a '
        "queue that is served by an image of the Java worker, dioptra/worker-*, with their jar."
    ) from None


@pyplugs.register
def measure_change(images: Any, others: Any) -> Any:
    """Measure how far the pixels of two arrays of images lie apart.

    Returns:
        mean: mean absolute difference
        largest: largest absolute difference
    """
    return jvm.call("squeezing.measure_change", images, others)


@pyplugs.register
def reduce_depth(images: Any, bits: Any) -> Any:
    """Round each pixel to one of 2 ** bits grey levels.

    Args:
        images: float32 of shape (n, height, width, channels) between 0 and 1
        bits: of a pixel, 1 to 8

    Returns:
        squeezed: float32, of the shape of the images, between 0 and 1
    """
    return jvm.call("squeezing.reduce_depth", images, bits)
