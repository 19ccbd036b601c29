package io.dioptra.worker.e2e.docker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is marked with it is tested only if {@code e2e/run} was asked for the image. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(NeededImage.class)
public @interface NeedsImage {
  /** The name of the image. */
  String value();
}
