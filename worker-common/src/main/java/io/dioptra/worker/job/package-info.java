/**
 * Owns ids, the ticket, the status and its allowed moves, and the outcome of a job. Knows nothing
 * else.
 */
@NullMarked
package io.dioptra.worker.job;

import org.jspecify.annotations.NullMarked;
