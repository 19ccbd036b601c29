package io.dioptra.worker.journey;

import io.dioptra.worker.testing.DioptraSite;
import io.dioptra.worker.testing.SharedSite;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a {@link Workshop} to tests that are extended with it: one for each kind of site, for all
 * tests of a run. A job that a test puts on its queue is awaited by that test.
 */
final class SharedWorkshop implements ParameterResolver {
  private final SharedSite sites = new SharedSite();

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Workshop.class;
  }

  @Override
  public Workshop resolveParameter(ParameterContext parameter, ExtensionContext context) {
    DioptraSite site = sites.resolveParameter(parameter, context);
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, Namespace.create(SharedWorkshop.class))
        .getOrComputeIfAbsent(site, SharedWorkshop::open, Workshop.class);
  }

  private static Workshop open(DioptraSite site) {
    try {
      return Workshop.open(site);
    } catch (IOException e) {
      throw new ParameterResolutionException("The worker did not start: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParameterResolutionException("Interrupted while the worker started", e);
    }
  }
}
