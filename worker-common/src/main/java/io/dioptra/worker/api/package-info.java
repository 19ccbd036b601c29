/**
 * Owns the client of Dioptra's REST API: its session, requests, records and errors. Knows no Redis
 * and not what a status means for a job.
 */
@NullMarked
package io.dioptra.worker.api;

import org.jspecify.annotations.NullMarked;
