package io.dioptra.worker.host;

import java.io.IOException;
import java.util.Collection;

/** The code of a job, once it lies in the job's folder. */
@FunctionalInterface
public interface JobCode {
  /** Whether one of these modules, or the package that it is part of, is named in the code. */
  boolean names(Collection<String> modules) throws IOException;
}
