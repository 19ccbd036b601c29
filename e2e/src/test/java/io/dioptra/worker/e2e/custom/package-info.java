/** Images that users derive from ours. Knows nothing of how ours were built. */
@NullMarked
package io.dioptra.worker.e2e.custom;

import org.jspecify.annotations.NullMarked;
