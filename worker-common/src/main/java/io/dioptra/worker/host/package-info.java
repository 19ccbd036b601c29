/**
 * Owns the processes that run tasks: start, talk, stop, why they ended. Knows no graph order and no
 * job status.
 */
@NullMarked
package io.dioptra.worker.host;

import org.jspecify.annotations.NullMarked;
