package io.dioptra.worker.config;

/**
 * Who runs job code, as the operating system numbers users and groups.
 *
 * @param group its only one
 */
public record JobUser(int user, int group) {}
