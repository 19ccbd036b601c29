package io.dioptra.worker.config;

/**
 * Where the queues are.
 *
 * @param url {@code redis://[[user]:password@]host[:port][/database]}; secret for its password
 */
public record RedisSettings(Secret url) {}
