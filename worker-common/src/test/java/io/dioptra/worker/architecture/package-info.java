/** Owns the rules of the structure. Knows no behaviour. */
@NullMarked
package io.dioptra.worker.architecture;

import org.jspecify.annotations.NullMarked;
