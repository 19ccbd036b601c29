/** Tests of what an image holds beside jars and Python packages. */
@NullMarked
package io.dioptra.worker.image;

import org.jspecify.annotations.NullMarked;
