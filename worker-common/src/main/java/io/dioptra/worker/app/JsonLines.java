package io.dioptra.worker.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The worker's own log, one JSON object a line, with the members that Dioptra's worker writes. */
final class JsonLines extends LayoutBase<ILoggingEvent> {
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  public String doLayout(ILoggingEvent event) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("event", event.getFormattedMessage())
            .put("logger", event.getLoggerName())
            .put("level", ConsoleLines.level(event))
            .put("timestamp", ConsoleLines.time(event));
    event.getMDCPropertyMap().forEach(line::put);
    if (event.getThrowableProxy() != null) {
      line.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line + "\n";
  }
}
