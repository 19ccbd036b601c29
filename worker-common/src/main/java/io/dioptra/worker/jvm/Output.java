package io.dioptra.worker.jvm;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** One output of a task. */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
public @interface Output {
  /** The output's name in entrypoints: a Python identifier. */
  String name();

  /** The name of its type in Dioptra. */
  String type();

  /** Its meaning, its unit; for arrays the element type and the shape. */
  String description() default "";
}
