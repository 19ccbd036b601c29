/**
 * Owns the comparison of our engine with Dioptra's own: cases made by chance, both answers, and
 * what may differ.
 */
@NullMarked
package io.dioptra.worker.differential;

import org.jspecify.annotations.NullMarked;
