/** Owns the worker whose tasks use TensorFlow with CUDA. Knows nothing of how jobs run. */
@NullMarked
package io.dioptra.worker.tensorflow.gpu;

import org.jspecify.annotations.NullMarked;
