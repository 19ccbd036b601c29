package io.dioptra.worker.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which kind of {@link DioptraSite} a parameter wants from {@link SharedSite}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface SiteOf {
  /** The release of the REST API. */
  DioptraApiVersion api() default DioptraApiVersion.V1_2;

  /** Where artifacts are kept. */
  ArtifactStore artifacts() default ArtifactStore.PROXIED;

  /** Threads of each of the API's processes. */
  int apiThreads() default 1;
}
