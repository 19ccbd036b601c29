/** How one container behaves at a Dioptra site. Knows nothing of what its image consists of. */
@NullMarked
package io.dioptra.worker.e2e.container;

import org.jspecify.annotations.NullMarked;
