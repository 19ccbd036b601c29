import numpy as np
from dioptra import pyplugs


@pyplugs.register
def double():
    from dioptra_task_host import jvm

    doubled = jvm.call("sums.double", np.arange(3, dtype=np.float32))
    print(doubled.tolist())
    print(jvm.call("sums.double", np.ones(1 << 20, dtype=np.float32)).max())


@pyplugs.register
def double_without_a_jvm():
    from dioptra_task_host import jvm

    try:
        jvm.call("sums.double", 1)
    except jvm.JvmHostEndedError as error:
        print("MemoryError: " * isinstance(error, MemoryError) + str(error))
