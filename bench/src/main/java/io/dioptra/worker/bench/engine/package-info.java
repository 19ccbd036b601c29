/** Owns the measurement of the task graph's checks. Knows no jobs and no servers. */
@NullMarked
package io.dioptra.worker.bench.engine;

import org.jspecify.annotations.NullMarked;
