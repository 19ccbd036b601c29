package io.dioptra.worker.architecture.broken.jvm;

import tools.jackson.databind.JsonNode;

record TaskWithALibrary(JsonNode value) {}
