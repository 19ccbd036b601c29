/** Owns what goes out about a job: its log and its status. Knows not who produced them. */
@NullMarked
package io.dioptra.worker.report;

import org.jspecify.annotations.NullMarked;
