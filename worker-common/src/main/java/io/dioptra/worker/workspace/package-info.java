/** Owns the job's folder: layout, safe unpacking, deletion. Knows not where the bytes came from. */
@NullMarked
package io.dioptra.worker.workspace;

import org.jspecify.annotations.NullMarked;
