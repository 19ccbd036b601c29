/**
 * Owns what tasks on models do alike in every framework: examples go through in batches, what comes
 * back is put together, times are taken, pixels are moved. Knows arrays and no model.
 */
@NullMarked
package io.dioptra.worker.jvm.model;

import org.jspecify.annotations.NullMarked;
