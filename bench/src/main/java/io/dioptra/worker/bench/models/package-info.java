/** Owns the measurement of models on the JVM beside Python. Knows no site and no queue. */
@NullMarked
package io.dioptra.worker.bench.models;

import org.jspecify.annotations.NullMarked;
