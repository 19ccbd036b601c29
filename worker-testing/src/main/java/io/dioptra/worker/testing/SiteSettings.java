package io.dioptra.worker.testing;

/**
 * Which servers a site has.
 *
 * @param apiThreads threads of each of the REST API's three processes; 1 is a synchronous server
 */
public record SiteSettings(DioptraApiVersion api, ArtifactStore artifacts, int apiThreads) {
  public SiteSettings {
    if (apiThreads < 1) {
      throw new IllegalArgumentException("A server has at least one thread: " + apiThreads);
    }
  }

  /** The newest API, synchronous, with artifacts through MLflow. */
  public static SiteSettings standard() {
    return new SiteSettings(DioptraApiVersion.V1_2, ArtifactStore.PROXIED, 1);
  }

  public SiteSettings withApi(DioptraApiVersion version) {
    return new SiteSettings(version, artifacts, apiThreads);
  }

  public SiteSettings withArtifacts(ArtifactStore store) {
    return new SiteSettings(api, store, apiThreads);
  }

  public SiteSettings withApiThreads(int threads) {
    return new SiteSettings(api, artifacts, threads);
  }
}
