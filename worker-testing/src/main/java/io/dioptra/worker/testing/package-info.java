/** Owns real servers on loopback and what puts work on them. Knows nothing of the worker's code. */
@NullMarked
package io.dioptra.worker.testing;

import org.jspecify.annotations.NullMarked;
