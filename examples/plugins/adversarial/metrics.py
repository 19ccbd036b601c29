"""Metrics for the page of the running job."""

import os
from collections.abc import Mapping

import structlog
from dioptra.client.base import APIConnectionError, StatusCodeError
from dioptra.sdk.utilities.auth_client import get_authenticated_worker_client

LOGGER = structlog.stdlib.get_logger()


def post_metrics(metrics: Mapping[str, float]) -> None:
    """Post metrics of this job to Dioptra; say so in the log where that is not possible.

    A job's result does not depend on its metrics, and outside of a job there is nobody to tell.
    """
    job = os.environ.get("__JOB_ID")
    if job is None or "DIOPTRA_WORKER_USERNAME" not in os.environ:
        LOGGER.info("Metrics are in the report only: tasks have no access to Dioptra here")
        return
    try:
        client = get_authenticated_worker_client(LOGGER, "json")
        for name, value in metrics.items():
            client.jobs.append_metric_by_id(job, metric_name=name, metric_value=value)
    except (ValueError, APIConnectionError, StatusCodeError) as error:
        LOGGER.warning("Metrics were not posted", reason=str(error))
