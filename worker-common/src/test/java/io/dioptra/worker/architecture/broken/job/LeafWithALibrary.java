package io.dioptra.worker.architecture.broken.job;

import tools.jackson.databind.JsonNode;

/** Breaks the rule of the leaves: a value that needs a library. */
public record LeafWithALibrary(JsonNode node) {}
