/**
 * Owns how job code reaches Dioptra's REST API: the relay, its sessions and what a job may ask.
 * Knows no Redis, no frames and nothing of how the API is reached.
 */
@NullMarked
package io.dioptra.worker.relay;

import org.jspecify.annotations.NullMarked;
