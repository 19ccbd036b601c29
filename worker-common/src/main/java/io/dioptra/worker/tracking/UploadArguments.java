package io.dioptra.worker.tracking;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** Sets what {@code MLFLOW_S3_UPLOAD_EXTRA_ARGS} names, on any request that has such a member. */
final class UploadArguments {
  private UploadArguments() {}

  static void apply(Map<String, String> arguments, List<SdkField<?>> fields, Object builder) {
    for (SdkField<?> field : fields) {
      String value = arguments.get(field.memberName());
      if (value != null && MarshallingType.STRING.equals(field.marshallingType())) {
        field.set(builder, value);
      }
    }
  }
}
