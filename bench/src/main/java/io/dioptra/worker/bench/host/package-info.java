/** Owns the benchmark of the task hosts: how fast they start, and what is left of them. */
@NullMarked
package io.dioptra.worker.bench.host;

import org.jspecify.annotations.NullMarked;
