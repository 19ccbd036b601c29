/**
 * Owns the phases of an attempt at a job, its deadline and its one outcome. Knows no Redis keys, no
 * frames and no HTTP.
 */
@NullMarked
package io.dioptra.worker.run;

import org.jspecify.annotations.NullMarked;
