/**
 * Owns the typed settings and the reader that builds them from a map. Knows no process environment.
 */
@NullMarked
package io.dioptra.worker.config;

import org.jspecify.annotations.NullMarked;
