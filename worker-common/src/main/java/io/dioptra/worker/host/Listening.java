package io.dioptra.worker.host;

import io.dioptra.worker.task.TaskEvents;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with what a host says without being asked. Used by the thread that reads it. */
final class Listening implements Consumer<HostMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private final TaskEvents events;
  private final Optional<JvmLease> jvm;
  private final CompletableFuture<Conversation> conversation = new CompletableFuture<>();

  Listening(TaskEvents events, Optional<JvmLease> jvm) {
    this.events = events;
    this.jvm = jvm;
  }

  /** Where answers go. */
  void to(Conversation talk) {
    conversation.complete(talk);
  }

  @Override
  public void accept(HostMessage said) {
    switch (said) {
      case HostMessage.Log(var line) -> events.log(line);
      case HostMessage.Want want when jvm.isPresent() ->
          jvm.get().answer(want, conversation.join());
      case HostMessage.Want _,
          HostMessage.Hello _,
          HostMessage.Importing _,
          HostMessage.Ready _,
          HostMessage.Done _,
          HostMessage.Failed _,
          HostMessage.Ended _ ->
          LOG.warn("A task host said what it never says: {}", said.getClass());
    }
  }
}
