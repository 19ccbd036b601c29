package io.dioptra.worker.config;

import java.util.Optional;

/**
 * As whom the worker comes to Redis.
 *
 * @param user empty for Redis's default user
 */
public record RedisLogin(Optional<String> user, Secret password) {}
