/**
 * Owns repeated attempts: how long to go on, how long to wait between two. Knows no protocol and no
 * server.
 */
@NullMarked
package io.dioptra.worker.retry;

import org.jspecify.annotations.NullMarked;
