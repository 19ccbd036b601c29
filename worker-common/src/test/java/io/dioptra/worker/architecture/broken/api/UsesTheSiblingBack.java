package io.dioptra.worker.architecture.broken.api;

import io.dioptra.worker.architecture.broken.queue.UsesASibling;
import java.util.List;

/** Closes a cycle between two packages. */
public record UsesTheSiblingBack(List<UsesASibling> back) {}
