/** Owns the worker whose tasks use TensorFlow. Knows nothing of how jobs run. */
@NullMarked
package io.dioptra.worker.tensorflow;

import org.jspecify.annotations.NullMarked;
