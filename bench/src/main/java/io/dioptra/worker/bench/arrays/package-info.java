/** Owns the measurement of arrays that go to JVM tasks and back. Knows no site and no queue. */
@NullMarked
package io.dioptra.worker.bench.arrays;

import org.jspecify.annotations.NullMarked;
