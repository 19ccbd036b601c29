/**
 * Owns what can be known of the machine's GPUs without touching them. Knows no framework, and loads
 * no CUDA.
 */
@NullMarked
package io.dioptra.worker.gpu;

import org.jspecify.annotations.NullMarked;
