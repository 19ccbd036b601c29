/**
 * Owns the layers of the images and what Jib is told of them. Knows nothing of how a worker runs.
 */
@NullMarked
package io.dioptra.worker.image;

import org.jspecify.annotations.NullMarked;
