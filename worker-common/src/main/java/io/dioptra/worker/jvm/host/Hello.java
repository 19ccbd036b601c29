package io.dioptra.worker.jvm.host;

import tools.jackson.databind.JsonNode;

/** The first frame of a caller. */
record Hello(int protocol, String role, String token) {
  static final int PROTOCOL = 1;

  static Hello of(JsonNode frame) {
    return new Hello(
        frame.path("type").asString("").equals("hello") ? frame.path("protocol").asInt(0) : 0,
        frame.path("role").asString(""),
        frame.path("token").asString(""));
  }
}
