/**
 * Owns how a JVM task finds the native libraries that the Python of the other tasks has, so that a
 * machine holds one copy for both.
 */
@NullMarked
package io.dioptra.worker.jvm.natives;

import org.jspecify.annotations.NullMarked;
