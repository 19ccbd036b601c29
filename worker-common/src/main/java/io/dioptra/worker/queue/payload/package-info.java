/**
 * Owns what a producer put into a job: inflate it, decode it with a closed list, accept one call.
 * Knows no Redis, and runs nothing.
 */
@NullMarked
package io.dioptra.worker.queue.payload;

import org.jspecify.annotations.NullMarked;
