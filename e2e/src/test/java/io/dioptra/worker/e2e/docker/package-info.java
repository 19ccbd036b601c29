/**
 * Owns the engine's commands and the reading of images. Knows nothing of what is tested with them.
 */
@NullMarked
package io.dioptra.worker.e2e.docker;

import org.jspecify.annotations.NullMarked;
