/**
 * Owns JVM tasks on TorchScript models: how DJL finds its natives, a loaded model, and what is done
 * with it. No type of DJL is in the signature of a task.
 */
@NullMarked
package io.dioptra.worker.torchscript;

import org.jspecify.annotations.NullMarked;
