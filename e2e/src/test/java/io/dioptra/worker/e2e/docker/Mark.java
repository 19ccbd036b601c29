package io.dioptra.worker.e2e.docker;

import io.dioptra.worker.testing.Checkout;
import java.util.regex.Pattern;

/** Something that should not stand in any file of an image. */
public enum Mark {
  /** With its beginning: many libraries know the first line that all keys have. */
  PRIVATE_KEY(Pattern.compile("PRIVATE KEY-----(\\\\[rn]|\\s)+[A-Za-z0-9+/]{40,}")),
  /** The sources. */
  CHECKOUT(Pattern.compile(Pattern.quote(Checkout.find().folder() + "/"))),
  /** Where layers are made. */
  CACHE(Pattern.compile(Pattern.quote("/.cache/dioptra-worker")));

  private final Pattern pattern;

  Mark(Pattern pattern) {
    this.pattern = pattern;
  }

  boolean isIn(String text) {
    return pattern.matcher(text).find();
  }
}
