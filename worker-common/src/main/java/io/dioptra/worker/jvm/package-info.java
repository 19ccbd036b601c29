/**
 * Owns what a JVM task is: the annotations, the libraries that hold tasks, and arrays in shared
 * memory. Knows no host, no protocol and no framework.
 */
@NullMarked
package io.dioptra.worker.jvm;

import org.jspecify.annotations.NullMarked;
