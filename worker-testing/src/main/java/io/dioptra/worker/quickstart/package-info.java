/**
 * Owns the first tour: a whole Dioptra on loopback, one attack, its outcome. Knows no worker code.
 */
@NullMarked
package io.dioptra.worker.quickstart;

import org.jspecify.annotations.NullMarked;
