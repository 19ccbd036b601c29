/** Breaks the rules of JVM tasks. */
@NullMarked
package io.dioptra.worker.architecture.broken.jvm;

import org.jspecify.annotations.NullMarked;
