/** Checks how commands are read, without Redis. Knows no jobs. */
@NullMarked
package io.dioptra.worker.queue.command;

import org.jspecify.annotations.NullMarked;
