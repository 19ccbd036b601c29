package io.dioptra.worker.app;

import io.dioptra.worker.config.ServiceAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the {@code HOST:PORT} of an option. */
final class ServiceAddressOption implements ITypeConverter<ServiceAddress> {
  @Override
  public ServiceAddress convert(String value) {
    try {
      return ServiceAddress.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
