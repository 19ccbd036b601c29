/**
 * Owns the frames of a connection between the worker and its hosts. Knows no messages and no
 * processes.
 */
@NullMarked
package io.dioptra.worker.frame;

import org.jspecify.annotations.NullMarked;
