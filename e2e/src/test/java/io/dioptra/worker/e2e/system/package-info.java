/** Owns whole systems of containers. Knows nothing of how a single one is made. */
@NullMarked
package io.dioptra.worker.e2e.system;

import org.jspecify.annotations.NullMarked;
