/** Owns the worker's own figures. Knows nothing of the content of jobs. */
@NullMarked
package io.dioptra.worker.telemetry;

import org.jspecify.annotations.NullMarked;
