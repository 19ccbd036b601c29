/** How Redis is reached: its address, one connection at a time, what its failures mean. */
@NullMarked
package io.dioptra.worker.queue.redis;

import org.jspecify.annotations.NullMarked;
