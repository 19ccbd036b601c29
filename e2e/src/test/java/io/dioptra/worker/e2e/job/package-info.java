/** Owns the work that tests give to workers. Knows nothing of where they run. */
@NullMarked
package io.dioptra.worker.e2e.job;

import org.jspecify.annotations.NullMarked;
