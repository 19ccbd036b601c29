/** Owns what the rules must notice. Knows that it is wrong. */
@NullMarked
package io.dioptra.worker.architecture.broken.api;

import org.jspecify.annotations.NullMarked;
