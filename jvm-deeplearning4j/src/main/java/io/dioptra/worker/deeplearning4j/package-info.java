/**
 * Owns JVM tasks on models of Deeplearning4j: its natives, files of its own and of Keras, training
 * of small networks, and what is done with a model. No type of Deeplearning4j is in the signature
 * of a task.
 */
@NullMarked
package io.dioptra.worker.deeplearning4j;

import org.jspecify.annotations.NullMarked;
