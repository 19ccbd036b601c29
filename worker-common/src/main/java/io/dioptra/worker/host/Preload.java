package io.dioptra.worker.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the next template of a lineage imports: what was declared, then what was learned. Forgets
 * what did harm. Any thread may call it.
 */
final class Preload {
  private static final Logger LOG = LoggerFactory.getLogger(Preload.class);

  private final List<String> declared;
  private final Optional<LearnedImports> learned;
  private final Set<String> harmful = new HashSet<>();
  private final Set<String> suspects = new HashSet<>();

  Preload(PreloadSettings settings) {
    this.declared = settings.declared();
    this.learned = settings.learning().map(LearnedImports::new);
  }

  /** The modules in the order in which they are to be imported, each once. */
  synchronized List<String> modules() {
    Set<String> modules = new LinkedHashSet<>(declared);
    learned.ifPresent(it -> modules.addAll(it.modules()));
    modules.removeAll(harmful);
    return List.copyOf(modules);
  }

  /** Takes what a job of a queue imported. Returns whether the next template imports more by it. */
  synchronized boolean learn(String queue, List<HostMessage.Imported> imports) {
    List<HostMessage.Imported> fresh = new ArrayList<>(imports);
    fresh.removeIf(it -> declared.contains(it.module()) || harmful.contains(it.module()));
    return learned.isPresent() && learned.get().add(queue, fresh);
  }

  /** What a job could import, but not a template, was learned in vain. */
  synchronized void review(HostMessage.Ready ready) {
    for (HostMessage.Missing each : ready.missing()) {
      if (declared.contains(each.module())) {
        LOG.warn("Not preloaded: {}: {}", each.module(), each.error());
      } else {
        learned.ifPresent(it -> it.refuse(each.module(), each.error()));
      }
    }
  }

  /**
   * Leaves a module out from now on because it keeps templates from forking; one that was learned
   * also in later workers.
   *
   * @param why a sentence
   * @return whether the next template imports anything else by it
   */
  synchronized boolean drop(String module, String why) {
    if (!modules().contains(module)) {
      return false;
    }
    harmful.add(module);
    LOG.warn("{} is not preloaded any more: {}", module, why);
    learned.ifPresent(it -> it.refuse(module, why));
    return true;
  }

  /**
   * Leaves a module out whose import ended a template. One that was declared gets a second chance,
   * as somebody from outside may have ended the process.
   *
   * @return whether the next template imports anything else by it
   */
  synchronized boolean dropAsDeadly(String module) {
    boolean suspect = declared.contains(module) && suspects.add(module);
    return !suspect && drop(module, "its import ended the process");
  }
}
