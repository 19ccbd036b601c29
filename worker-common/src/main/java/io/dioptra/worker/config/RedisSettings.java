package io.dioptra.worker.config;

/**
 * Where the queues are.
 *
 * @param isDefault whether nobody named it, so that it is rq's default
 */
public record RedisSettings(RedisUrl url, boolean isDefault) {}
