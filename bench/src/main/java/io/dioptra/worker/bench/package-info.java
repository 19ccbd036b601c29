/** Owns the comparison of this worker with the official one. Knows both only as processes. */
@NullMarked
package io.dioptra.worker.bench;

import org.jspecify.annotations.NullMarked;
