/**
 * Owns JVM tasks on SavedModels: how TensorFlow-Java finds its natives, a loaded model, its
 * signatures, and what is done with it. No type of TensorFlow is in the signature of a task.
 */
@NullMarked
package io.dioptra.worker.savedmodel;

import org.jspecify.annotations.NullMarked;
