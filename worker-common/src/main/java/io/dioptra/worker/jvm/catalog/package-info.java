/**
 * Owns which JVM tasks there are: it finds the libraries, reads and checks their annotations, and
 * fits values to parameters. Knows no process and no protocol.
 */
@NullMarked
package io.dioptra.worker.jvm.catalog;

import org.jspecify.annotations.NullMarked;
