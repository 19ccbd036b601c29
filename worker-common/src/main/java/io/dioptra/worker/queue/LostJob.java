package io.dioptra.worker.queue;

/**
 * A job whose worker disappeared; this worker holds its lease now to give it an end.
 *
 * @param losses how often that has happened to it within 72 hours, this time included
 */
public record LostJob(Claim claim, int losses) {}
