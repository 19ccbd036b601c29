/**
 * Owns RQ on Redis: take a job, keep its lease, record its end, be seen as a worker. Knows no REST
 * and no Python.
 */
@NullMarked
package io.dioptra.worker.queue;

import org.jspecify.annotations.NullMarked;
