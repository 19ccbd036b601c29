/**
 * Owns how clients get to the servers of the site: whom they trust, and through which proxy. Knows
 * nothing of what is said there.
 */
@NullMarked
package io.dioptra.worker.network;

import org.jspecify.annotations.NullMarked;
