package io.dioptra.worker.config;

/**
 * Where the queues are.
 *
 * @param url {@code redis://[[user]:password@]host[:port][/database]}; secret for its password
 * @param isDefault whether nobody named it, so that it is rq's default
 */
public record RedisSettings(Secret url, boolean isDefault) {}
