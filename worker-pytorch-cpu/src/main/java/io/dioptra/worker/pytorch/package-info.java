/** Owns the worker whose tasks use PyTorch. Knows nothing of how jobs run. */
@NullMarked
package io.dioptra.worker.pytorch;

import org.jspecify.annotations.NullMarked;
