package io.dioptra.worker.config;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The secrets that job code can see or come by, so that they are masked in its log: the worker's
 * own, and the values of environment variables whose name says that they are secret. A site gives
 * its jobs secrets under names that nobody can list, for example {@code HF_TOKEN}; that a value
 * which only sounds secret is masked too costs less than one that is shown.
 */
public final class JobSecrets {
  /**
   * The last word of a name counts: {@code HF_TOKEN}, but neither {@code TOKEN_FILE} nor {@code
   * AWS_ACCESS_KEY_ID}.
   */
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?:.*[_-])?(?:[a-z]*(?:password|passwd|secret|token|apikey)|key|pat)");

  private JobSecrets() {}

  /** Those of the worker's settings and of the environment that jobs see. */
  public static List<Secret> of(
      ApiSettings api, RedisSettings redis, TrackingSettings tracking, Map<String, String> seen) {
    List<Secret> secrets = new ArrayList<>();
    secrets.add(api.password());
    redis.url().login().map(RedisLogin::password).ifPresent(secrets::add);
    switch (tracking.account()) {
      case TrackingSettings.Account.Anonymous _ -> {}
      case TrackingSettings.Account.Password(_, Secret password) -> secrets.add(password);
      case TrackingSettings.Account.Token(Secret token) -> secrets.add(token);
    }
    tracking
        .s3()
        .keys()
        .ifPresent(
            keys -> {
              secrets.add(keys.secretAccessKey());
              keys.sessionToken().ifPresent(secrets::add);
            });
    secrets.addAll(in(seen));
    return List.copyOf(secrets);
  }

  /** Those in variables: by name, and the passwords in addresses. */
  public static Collection<Secret> in(Map<String, String> variables) {
    List<Secret> secrets = new ArrayList<>();
    variables.forEach(
        (name, value) -> {
          if (SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
            secrets.add(new Secret(value));
          }
          passwordOf(value).ifPresent(secrets::add);
        });
    return secrets;
  }

  private static Optional<Secret> passwordOf(String address) {
    if (!address.contains("://") || !address.contains("@")) {
      return Optional.empty();
    }
    try {
      String login = URI.create(address.strip()).getRawUserInfo();
      int colon = login == null ? -1 : login.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(new Secret(login.substring(colon + 1)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}
