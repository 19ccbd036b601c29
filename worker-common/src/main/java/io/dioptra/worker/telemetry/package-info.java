/** Owns the worker's own figures and its health. Knows nothing of the content of jobs. */
@NullMarked
package io.dioptra.worker.telemetry;

import org.jspecify.annotations.NullMarked;
