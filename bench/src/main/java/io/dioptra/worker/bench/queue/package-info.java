/** Owns the benchmark of the queue alone: how fast a worker claims, and what it costs Redis. */
@NullMarked
package io.dioptra.worker.bench.queue;

import org.jspecify.annotations.NullMarked;
