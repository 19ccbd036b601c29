/**
 * Owns the client of MLflow's tracking server and of the stores that take artifacts. Knows no REST
 * API of Dioptra and no engine.
 */
@NullMarked
package io.dioptra.worker.tracking;

import org.jspecify.annotations.NullMarked;
