/** Owns the checks of the fixtures themselves. Knows nothing of the worker's code. */
@NullMarked
package io.dioptra.worker.testing;

import org.jspecify.annotations.NullMarked;
