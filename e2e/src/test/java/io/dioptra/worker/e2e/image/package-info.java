/** What the images consist of. Knows nothing of how they behave. */
@NullMarked
package io.dioptra.worker.e2e.image;

import org.jspecify.annotations.NullMarked;
