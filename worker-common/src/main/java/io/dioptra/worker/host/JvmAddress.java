package io.dioptra.worker.host;

/** Where processes of one job call JVM tasks, and the word that lets them in. */
record JvmAddress(String socket, String token) {}
