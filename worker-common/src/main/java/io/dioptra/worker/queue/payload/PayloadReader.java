package io.dioptra.worker.queue.payload;

import io.dioptra.worker.job.ExperimentId;
import io.dioptra.worker.job.JobId;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;

/**
 * Reads the {@code data} of an RQ job: zlib around a pickle or a JSON text of (function, instance,
 * arguments, keywords). Stateless; any thread may call it.
 */
public final class PayloadReader {
  /** The largest payload that is looked at, in bytes, before and after inflating. */
  public static final int MAX_BYTES = 1 << 20;

  /** Why a larger one is refused. */
  public static final String TOO_LARGE = "the payload is larger than " + MAX_BYTES + " bytes";

  private static final String FUNCTION = "dioptra.rq.tasks.run_v1_dioptra_job";
  private static final String JOB = "job_id";
  private static final String EXPERIMENT = "experiment_id";
  private static final int SHOWN = 100;

  /** Never throws for what the bytes hold. */
  public Payload read(byte[] data) {
    try {
      byte[] content = Inflation.inflate(data);
      return call(content.length > 0 && content[0] == '[' ? json(content) : pickle(content));
    } catch (PayloadRefusedException e) {
      return new Payload.Refused(e.reason());
    }
  }

  private static PayloadValue json(byte[] content) throws PayloadRefusedException {
    return JsonReader.read(content);
  }

  private static PayloadValue pickle(byte[] content) throws PayloadRefusedException {
    return new PickleReader(content).read();
  }

  private static Payload call(PayloadValue value) throws PayloadRefusedException {
    if (!(value instanceof PayloadValue.Items parts) || parts.values().size() != 4) {
      throw new PayloadRefusedException(
          "the payload is not RQ's tuple of function, instance, arguments and keywords");
    }
    List<PayloadValue> values = parts.values();
    checkFunction(values.get(0));
    if (!(values.get(1) instanceof PayloadValue.None)) {
      throw new PayloadRefusedException("the payload calls a method of an object");
    }
    if (!(values.get(2) instanceof PayloadValue.Items arguments) || !arguments.values().isEmpty()) {
      throw new PayloadRefusedException(FUNCTION + " takes no positional arguments");
    }
    return keywords(values.get(3));
  }

  private static void checkFunction(PayloadValue value) throws PayloadRefusedException {
    if (!(value instanceof PayloadValue.Text(String name))) {
      throw new PayloadRefusedException("the payload's function is not named by a text");
    }
    if (!name.equals(FUNCTION)) {
      throw new PayloadRefusedException(
          "the function " + shown(name) + " is not run here; this worker runs " + FUNCTION);
    }
  }

  private static Payload keywords(PayloadValue value) throws PayloadRefusedException {
    if (!(value instanceof PayloadValue.Members keywords)
        || !keywords.values().keySet().equals(Set.of(JOB, EXPERIMENT))) {
      throw new PayloadRefusedException(
          FUNCTION + " takes the keywords " + JOB + " and " + EXPERIMENT + ", and no others");
    }
    return new Payload.Call(
        new JobId(id(keywords, JOB)), new ExperimentId(id(keywords, EXPERIMENT)));
  }

  private static long id(PayloadValue.Members keywords, String name)
      throws PayloadRefusedException {
    if (keywords.values().get(name) instanceof PayloadValue.Int(BigInteger number)
        && number.signum() > 0
        && number.bitLength() < Long.SIZE) {
      return number.longValueExact();
    }
    throw new PayloadRefusedException(name + " is not a positive integer");
  }

  private static String shown(String foreign) {
    String start = foreign.length() > SHOWN ? foreign.substring(0, SHOWN) + "…" : foreign;
    return '"' + start.replaceAll("\\P{Print}", "?") + '"';
  }
}
