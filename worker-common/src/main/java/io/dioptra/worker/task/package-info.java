/**
 * Owns the words of a task call and the ports it travels through. Knows no graphs, processes or
 * frameworks.
 */
@NullMarked
package io.dioptra.worker.task;

import org.jspecify.annotations.NullMarked;
