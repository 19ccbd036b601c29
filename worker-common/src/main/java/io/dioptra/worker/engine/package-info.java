/**
 * Owns the task graph: parse, validate, order, resolve, walk. Knows no files, processes or servers.
 */
@NullMarked
package io.dioptra.worker.engine;

import org.jspecify.annotations.NullMarked;
