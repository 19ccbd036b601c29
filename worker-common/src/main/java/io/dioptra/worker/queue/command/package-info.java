/**
 * Owns what others tell a worker over RQ's channel: hear it, read it. Knows no jobs, and obeys
 * nothing itself.
 */
@NullMarked
package io.dioptra.worker.queue.command;

import org.jspecify.annotations.NullMarked;
