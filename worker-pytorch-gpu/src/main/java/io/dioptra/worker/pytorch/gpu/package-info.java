/** Owns the worker whose tasks use PyTorch with CUDA. Knows nothing of how jobs run. */
@NullMarked
package io.dioptra.worker.pytorch.gpu;

import org.jspecify.annotations.NullMarked;
