/** Owns the examination of an environment before it has to work. Knows no server and no job. */
@NullMarked
package io.dioptra.worker.doctor;

import org.jspecify.annotations.NullMarked;
