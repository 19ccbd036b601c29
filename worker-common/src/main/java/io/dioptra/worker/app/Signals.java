package io.dioptra.worker.app;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Takes the signals that end a process away from Java, which would end it at the first one and be
 * deaf to a second one.
 *
 * <p>By reflection on {@code sun.misc.Signal} of the module jdk.unsupported: Java has nothing else,
 * and the compiler's warning about it cannot be switched off for one class.
 */
final class Signals {
  private static final List<String> ENDING = List.of("TERM", "INT");

  private Signals() {}

  /**
   * From now on SIGTERM and SIGINT do this, each time, on a thread of its own.
   *
   * @throws StartException if this Java has no such thing
   */
  static void handle(Runnable action) throws StartException {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object running =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null;
              });
      for (String name : ENDING) {
        Object ending = signal.getConstructor(String.class).newInstance(name);
        var _ = signal.getMethod("handle", signal, handler).invoke(null, ending, running);
      }
    } catch (ReflectiveOperationException e) {
      throw new StartException("Cannot start: this Java handles no signals: " + e, e);
    }
  }
}
