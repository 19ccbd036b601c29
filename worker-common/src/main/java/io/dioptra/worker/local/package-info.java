/**
 * Owns what people do with an entrypoint on their own machine: check it, see its order, run it.
 * Knows no server.
 */
@NullMarked
package io.dioptra.worker.local;

import org.jspecify.annotations.NullMarked;
