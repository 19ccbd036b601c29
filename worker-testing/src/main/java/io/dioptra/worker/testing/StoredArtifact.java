package io.dioptra.worker.testing;

import java.io.IOException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An artifact that is registered with the REST API. */
public final class StoredArtifact {
  private final RestSession session;
  private final int id;
  private final int snapshot;
  private final String uri;
  private final boolean isFolder;

  private StoredArtifact(RestSession session, JsonNode resource) {
    this.session = session;
    this.id = resource.get("id").asInt();
    this.snapshot = resource.get("snapshot").asInt();
    this.uri = resource.get("artifactUri").asString();
    this.isFolder = resource.path("isDir").asBoolean();
  }

  static StoredArtifact of(RestSession session, JsonNode resource) {
    return new StoredArtifact(session, resource);
  }

  public int id() {
    return id;
  }

  public int snapshot() {
    return snapshot;
  }

  /** Where MLflow has it: {@code …/RUN/artifacts/NAME/FILE}, unescaped. */
  public String uri() {
    return uri;
  }

  public boolean isFolder() {
    return isFolder;
  }

  /** The name it has in the entrypoint. */
  public String name() {
    return fromEnd(2);
  }

  /** The base name of the file or folder. */
  public String fileName() {
    return fromEnd(1);
  }

  /** The bytes of the file, or a tar.gz of the folder, through the REST API. */
  public byte[] download() throws IOException, InterruptedException {
    return session.download("/artifacts/" + id + "/snapshots/" + snapshot + "/contents");
  }

  private String fromEnd(int count) {
    List<String> parts = List.of(uri.split("/", -1));
    return parts.get(parts.size() - count);
  }

  @Override
  public String toString() {
    return "artifact " + id + " " + uri;
  }
}
