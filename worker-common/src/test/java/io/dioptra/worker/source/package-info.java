@NullMarked
package io.dioptra.worker.source;

import org.jspecify.annotations.NullMarked;
