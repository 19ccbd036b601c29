package io.dioptra.worker.bench;

import io.dioptra.worker.testing.DioptraSite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The workers that are compared, this one first. */
record Contenders(List<Contender> all) implements AutoCloseable {
  Contenders {
    all = List.copyOf(all);
  }

  /** Starts this worker and, unless it is to be alone, the official one; they share the site. */
  static Contenders start(DioptraSite site, Path folder, boolean alone)
      throws IOException, InterruptedException {
    List<Contender> started = new ArrayList<>();
    try {
      started.add(Contender.ours(site, folder.resolve("ours")));
      if (!alone) {
        started.add(Contender.official(site, folder.resolve("official")));
      }
      return new Contenders(started);
    } catch (IOException | InterruptedException | RuntimeException e) {
      started.forEach(Contender::close);
      throw e;
    }
  }

  @Override
  public void close() {
    all.forEach(Contender::close);
  }
}
