/**
 * Owns what the processes of a job use: memory, processes, room in its folder. Knows no jobs and
 * ends nothing.
 */
@NullMarked
package io.dioptra.worker.host.usage;

import org.jspecify.annotations.NullMarked;
