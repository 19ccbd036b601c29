package io.dioptra.worker.app;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of seconds. */
final class SecondsOption implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    if (!value.matches("\\d{1,9}")) {
      throw new TypeConversionException("\"" + value + "\" is not a number of seconds");
    }
    return Duration.ofSeconds(Long.parseLong(value));
  }
}
