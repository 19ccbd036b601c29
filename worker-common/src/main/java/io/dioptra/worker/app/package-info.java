/** Owns the building of a worker, its loop, its end and its exit codes. Nothing may import it. */
@NullMarked
package io.dioptra.worker.app;

import org.jspecify.annotations.NullMarked;
