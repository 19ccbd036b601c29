/** Owns the checks of RQ on a real Redis, with RQ's own clients. Knows no REST. */
@NullMarked
package io.dioptra.worker.queue.redis;

import org.jspecify.annotations.NullMarked;
