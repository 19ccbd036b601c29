package io.dioptra.worker.config;

import java.net.URI;

/**
 * Where Dioptra's REST API is, and the account of the worker.
 *
 * @param base {@code http} or {@code https}, without {@code /api/v1}; a path prefix and a final
 *     slash are allowed
 */
public record ApiSettings(URI base, String username, Secret password, NetworkSettings network) {}
