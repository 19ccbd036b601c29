package io.dioptra.worker.architecture.broken.queue;

import io.dioptra.worker.architecture.broken.api.UsesTheSiblingBack;

/** Breaks the layers: one edge knows another. */
public record UsesASibling(UsesTheSiblingBack sibling) {}
