/**
 * Owns the reading of what people wrote, in YAML, JSON and TOML: values, and where in the text each
 * of them stands. Knows nothing of what they mean.
 */
@NullMarked
package io.dioptra.worker.source;

import org.jspecify.annotations.NullMarked;
