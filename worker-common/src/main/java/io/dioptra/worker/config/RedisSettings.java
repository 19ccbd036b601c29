package io.dioptra.worker.config;

import java.net.URI;

/**
 * Where the queues are.
 *
 * @param uri {@code redis://[[username]:password@]host[:port][/database]}
 */
public record RedisSettings(URI uri) {
  /** The address without what must not be seen. */
  public String shown() {
    String place = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    return uri.getScheme() + "://" + place + uri.getPath();
  }

  @Override
  public String toString() {
    return shown();
  }
}
