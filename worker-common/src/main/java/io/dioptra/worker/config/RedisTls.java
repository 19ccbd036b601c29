package io.dioptra.worker.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the connection to Redis is secured.
 *
 * @param checksHost whether a certificate has to be for the name the server is called by
 * @param client what the worker shows of itself
 */
public record RedisTls(ServerTrust trust, boolean checksHost, Optional<ClientCertificate> client) {

  /**
   * Two files of PEM.
   *
   * @param certificates the worker's own and those that lead to its authority
   * @param key the private key that belongs to the first of them
   */
  public record ClientCertificate(Path certificates, Path key) {}
}
