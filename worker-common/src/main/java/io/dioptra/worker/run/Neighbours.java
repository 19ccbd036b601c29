package io.dioptra.worker.run;

import io.dioptra.worker.api.DioptraApi;
import io.dioptra.worker.host.TaskHosts;
import io.dioptra.worker.relay.ApiAccess;
import io.dioptra.worker.tracking.MlflowTracking;

/** Whom an attempt talks to; all of them outlive it. */
public record Neighbours(
    DioptraApi api, MlflowTracking tracking, TaskHosts hosts, ApiAccess access) {}
