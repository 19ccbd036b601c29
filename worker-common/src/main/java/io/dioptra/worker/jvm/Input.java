package io.dioptra.worker.jvm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says what a parameter of a task takes. The host checks it before the task is called. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Input {
  /** A length that may be anything, in {@link #shape}. */
  long ANY = -1;

  /** The parameter's name in entrypoints: a Python identifier. */
  String name();

  /** The name of its type in Dioptra, for example {@code number} or one of the site's own. */
  String type();

  /** Its meaning and its unit. */
  String description() default "";

  /** Whether a step has to give it; the parameter of one that it need not is null without it. */
  boolean required() default true;

  /**
   * What the parameter gets where a step gives nothing: a boolean, a number or a text in JSON, for
   * example {@code "0.5"} or {@code "\"cpu\""}. An input that has it is not required.
   */
  String defaultValue() default "";

  /** For arrays: the element types that the task takes; none for every one. */
  io.dioptra.worker.jvm.ElementType[] elements() default {};

  /** For arrays: the lengths of the axes, {@link #ANY} for what may vary; none for every shape. */
  long[] shape() default {};
}
