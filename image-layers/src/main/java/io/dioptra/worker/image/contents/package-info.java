/**
 * Owns the documents about what is in an image: its bill of materials and the list of licences.
 * Knows installed files and poms, not how layers are made.
 */
@NullMarked
package io.dioptra.worker.image.contents;

import org.jspecify.annotations.NullMarked;
