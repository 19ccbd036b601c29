/** Owns the checks of payloads: real ones, broken ones, hostile ones. Knows no Redis. */
@NullMarked
package io.dioptra.worker.queue.payload;

import org.jspecify.annotations.NullMarked;
