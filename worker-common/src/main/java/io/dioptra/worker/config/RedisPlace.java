package io.dioptra.worker.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What leads to Redis. It prints as messages name it. */
public sealed interface RedisPlace {
  /**
   * A server behind a port.
   *
   * @param host a name or an address; that of IPv6 in brackets
   */
  record Server(String host, int port) implements RedisPlace {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  record UnixSocket(Path path) implements RedisPlace {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * Servers that know which Redis is the master of a service.
   *
   * @param login what they want to hear, not what the master wants to
   */
  record Sentinels(List<Server> servers, String service, Optional<RedisLogin> login)
      implements RedisPlace {
    public Sentinels {
      servers = List.copyOf(servers);
    }

    @Override
    public String toString() {
      String all = servers.stream().map(Server::toString).collect(Collectors.joining(", "));
      return "the master of " + service + ", by Sentinel at " + all;
    }
  }
}
