/**
 * Owns the process that runs JVM tasks: its connections, the calls it answers, what it holds for a
 * job. Knows no graphs and nothing of the worker but the protocol.
 */
@NullMarked
package io.dioptra.worker.jvm.host;

import org.jspecify.annotations.NullMarked;
