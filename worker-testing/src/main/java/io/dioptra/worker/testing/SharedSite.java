package io.dioptra.worker.testing;

import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a {@link DioptraSite} to constructors and methods of tests that are extended with it. All
 * tests of a run share one site for each kind of {@link SiteOf}; it starts when the first one asks
 * and ends with the run, so a test uses queues and names of its own.
 */
public final class SharedSite implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == DioptraSite.class;
  }

  @Override
  public DioptraSite resolveParameter(ParameterContext parameter, ExtensionContext context) {
    SiteSettings settings =
        parameter
            .findAnnotation(SiteOf.class)
            .map(kind -> new SiteSettings(kind.api(), kind.artifacts(), kind.apiThreads()))
            .orElseGet(SiteSettings::standard);
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedSite.class))
        .getOrComputeIfAbsent(settings, SharedSite::start, DioptraSite.class);
  }

  private static DioptraSite start(SiteSettings settings) {
    try {
      return DioptraSite.start(settings);
    } catch (IOException e) {
      throw new ParameterResolutionException("The site did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("Interrupted while the site started", e);
    }
  }
}
