/**
 * Owns the types of the values in a graph: which are equal and which fits into which. Knows no
 * graph and no values.
 */
@NullMarked
package io.dioptra.worker.engine.type;

import org.jspecify.annotations.NullMarked;
