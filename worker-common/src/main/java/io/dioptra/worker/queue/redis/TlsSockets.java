package io.dioptra.worker.queue.redis;

import io.dioptra.worker.config.RedisTls;
import io.dioptra.worker.network.Trust;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.util.IOUtils;

/** Secures connections the way the site wants it. Any thread may use it. */
final class TlsSockets {
  private final SSLSocketFactory factory;
  private final boolean checksHost;

  /** Reads the certificates and the key now. */
  TlsSockets(RedisTls tls) {
    this.checksHost = tls.checksHost();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          tls.client().map(ClientKey::read).map(it -> new KeyManager[] {it}).orElse(null),
          Trust.of(tls.trust()).map(it -> new TrustManager[] {it}).orElse(null),
          null);
      this.factory = context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no TLS", e);
    }
  }

  /** A connection over {@code plain}, secured and checked. */
  Socket over(Socket plain, HostAndPort server) {
    try {
      SSLSocket socket =
          (SSLSocket) factory.createSocket(plain, server.getHost(), server.getPort(), true);
      if (checksHost) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
      }
      socket.startHandshake();
      return socket;
    } catch (SocketTimeoutException _) {
      // Redis waits for the rest of what it takes for a command.
      SSLException silence =
          new SSLException("no answer to the greeting of TLS within " + patience(plain) + " ms");
      IOUtils.closeQuietly(plain);
      throw new JedisConnectionException(silence);
    } catch (IOException e) {
      IOUtils.closeQuietly(plain);
      throw new JedisConnectionException("Failed to secure the connection to " + server, e);
    }
  }

  private static int patience(Socket socket) {
    try {
      return socket.getSoTimeout();
    } catch (SocketException e) {
      throw new JedisConnectionException(e);
    }
  }
}
