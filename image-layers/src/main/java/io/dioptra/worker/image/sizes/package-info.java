/**
 * Owns images.lock.md, the accepted sizes of the images, and what is said when an image differs
 * from them. Knows numbers only, no layer's content.
 */
@NullMarked
package io.dioptra.worker.image.sizes;

import org.jspecify.annotations.NullMarked;
