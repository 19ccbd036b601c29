@NullMarked
package io.dioptra.worker.local;

import org.jspecify.annotations.NullMarked;
