/** Tests of the way to servers, with real ones: TLS and forward proxies on loopback. */
@NullMarked
package io.dioptra.worker.network;

import org.jspecify.annotations.NullMarked;
