/**
 * Owns the arithmetic of evaluations: what scores say about labels, and how long calls took. The
 * same for every framework; knows arrays and no model.
 */
@NullMarked
package io.dioptra.worker.jvm.score;

import org.jspecify.annotations.NullMarked;
