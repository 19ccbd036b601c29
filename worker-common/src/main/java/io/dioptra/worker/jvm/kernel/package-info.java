/**
 * Owns what the JVM task host asks of the operating system past the JDK: shared memory, sessions
 * and descriptors. Knows no arrays and no protocol.
 */
@NullMarked
package io.dioptra.worker.jvm.kernel;

import org.jspecify.annotations.NullMarked;
