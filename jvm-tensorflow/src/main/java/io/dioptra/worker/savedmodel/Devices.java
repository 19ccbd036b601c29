package io.dioptra.worker.savedmodel;

import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListType;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SessionListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_SetConfig;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Graph;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.internal.c_api.TF_SessionOptions;
import org.tensorflow.internal.c_api.TF_Status;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/** On what TensorFlow can compute, and how it is told to. */
final class Devices {
  static final String GPU = "GPU";

  private Devices() {}

  /** How a model is loaded. Of a GPU's memory it takes what it needs: Python may use it, too. */
  static ConfigProto config(boolean gpu) {
    ConfigProto.Builder config =
        ConfigProto.newBuilder().setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    return gpu ? config.build() : config.putDeviceCount(GPU, 0).build();
  }

  /** The kinds of devices that there are; the Java API has no method for it. */
  static List<String> kinds() {
    try (PointerScope _ = new PointerScope()) {
      TF_Status status = TF_Status.newStatus();
      TF_SessionOptions options = TF_SessionOptions.newSessionOptions();
      BytePointer config = new BytePointer(config(true).toByteArray());
      TF_SetConfig(options, config, config.limit(), status);
      status.throwExceptionIfNotOK();
      TF_Session session = TF_Session.newSession(TF_Graph.newGraph(), options, status);
      status.throwExceptionIfNotOK();
      TF_DeviceList devices = TF_SessionListDevices(session, status);
      status.throwExceptionIfNotOK();
      try {
        return IntStream.range(0, TF_DeviceListCount(devices))
            .mapToObj(it -> TF_DeviceListType(devices, it, status).getString())
            .distinct()
            .toList();
      } finally {
        TF_DeleteDeviceList(devices);
      }
    }
  }
}
