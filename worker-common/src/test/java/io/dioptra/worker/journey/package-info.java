/** Owns the whole journey of jobs through a real site. Knows the worker only as a process. */
@NullMarked
package io.dioptra.worker.journey;

import org.jspecify.annotations.NullMarked;
