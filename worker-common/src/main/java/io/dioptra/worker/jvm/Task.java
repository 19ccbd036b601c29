package io.dioptra.worker.jvm;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method a task that entrypoints of Dioptra may call. Every parameter of the
 * method bears {@link Input}.
 *
 * <p>Parameters are {@code boolean}, {@code int}, {@code long}, {@code double}, their boxes, {@link
 * String}, {@link java.util.List}, {@link java.util.Map}, {@link Tensor}, or a class of the
 * library's own for what another of its tasks has returned; such an object is closed, if it is
 * {@link AutoCloseable}, when nothing in Python refers to it any more, and can be called in Python,
 * if it is a {@link BatchFunction}. The result is one of these, or {@code void}; where there is
 * more than one output, it is a record with a component for each, in order.
 *
 * <p>An exception ends the step: its message becomes that of the Python exception that the job
 * sees.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Task {
  /** The task's name in entrypoints: a Python identifier, unique in its library. */
  String name();

  /** What it does, for whoever draws an entrypoint: one or more sentences. */
  String description();

  /** What the result is; nothing for {@code void}. */
  Output[] outputs() default {};
}
