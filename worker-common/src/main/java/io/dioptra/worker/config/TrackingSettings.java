package io.dioptra.worker.config;

import java.net.URI;

/**
 * Where MLflow's tracking server is and how runs are kept there.
 *
 * @param server {@code http} or {@code https}; a path prefix and a final slash are allowed
 * @param user who is named as the owner of a run
 * @param truncate whether values that are too long for a parameter are cut instead of refused
 */
public record TrackingSettings(
    URI server,
    Account account,
    Experiment experiment,
    String user,
    boolean truncate,
    S3Settings s3,
    NetworkSettings network) {
  /** MLflow's own defaults for everything but the server. */
  public static TrackingSettings at(URI server) {
    return new TrackingSettings(
        server,
        new Account.Anonymous(),
        new Experiment.Default(),
        "dioptra",
        true,
        S3Settings.defaults(),
        NetworkSettings.plain());
  }

  /** How to introduce oneself. */
  public sealed interface Account {
    record Anonymous() implements Account {}

    record Password(String username, Secret password) implements Account {}

    record Token(Secret token) implements Account {}
  }

  /** The MLflow experiment that takes the runs. It has nothing to do with Dioptra's experiments. */
  public sealed interface Experiment {
    record Default() implements Experiment {}

    record Id(String id) implements Experiment {}

    /** Made where it does not exist. */
    record Name(String name) implements Experiment {}
  }
}
