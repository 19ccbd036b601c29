/**
 * Owns how JVM tasks are shown: a list for people, and the plugins and the import file for Dioptra.
 * Knows what annotations say and calls no task.
 */
@NullMarked
package io.dioptra.worker.jvm.plugin;

import org.jspecify.annotations.NullMarked;
