"""RQ's own client for the tests: evaluates one Python expression a line and answers in JSON."""

import json
import logging
import sys
from datetime import timedelta

from redis import Redis
from rq import Callback, Queue, Repeat, Retry, Worker
from rq.command import send_command, send_kill_horse_command, send_shutdown_command, send_stop_job_command
from rq.executions import Execution
from rq.group import Group
from rq.job import Dependency, Job
from rq.registry import (
    CanceledJobRegistry,
    DeferredJobRegistry,
    FailedJobRegistry,
    FinishedJobRegistry,
    ScheduledJobRegistry,
    StartedJobRegistry,
)
from rq.scheduler import RQScheduler
from rq.suspension import resume, suspend

try:
    from rq.rate_limit import RateLimit
except ImportError:  # before rq 3
    RateLimit = None

FUNCTION = "dioptra.rq.tasks.run_v1_dioptra_job"

logging.disable(logging.CRITICAL)  # rq logs where the answers go
uri = sys.argv[1]
redis = Redis.from_url(uri)


def enqueue(job_id, queue="q", timeout="24h", **options):
    """What Dioptra's API does when a job is submitted."""
    return (
        Queue(queue, default_timeout=24 * 3600, connection=redis)
        .enqueue(
            FUNCTION,
            kwargs={"job_id": job_id, "experiment_id": job_id + 1000},
            job_id=str(job_id),
            job_timeout=timeout,
            **options,
        )
        .id
    )


def enqueue_all(first, last, queue="q"):
    return [enqueue(number, queue) for number in range(first, last + 1)]


def schedule(job_id, seconds, queue="q", **options):
    """A job for later, or for a moment that is over."""
    return (
        Queue(queue, connection=redis)
        .enqueue_in(
            timedelta(seconds=seconds),
            FUNCTION,
            kwargs={"job_id": job_id, "experiment_id": job_id + 1000},
            job_id=str(job_id),
            **options,
        )
        .id
    )


def enqueue_group(name, first, last):
    calls = [
        Queue.prepare_data(
            FUNCTION, kwargs={"job_id": number, "experiment_id": 1}, job_id=str(number), result_ttl=number % 2 * 500
        )
        for number in range(first, last + 1)
    ]
    return len(Group.create(connection=redis, name=name).enqueue_many(Queue("q", connection=redis), calls))


def job(job_id):
    return Job.fetch(str(job_id), connection=redis)


def state(job_id):
    """Everything a reader may ask a job for."""
    one = job(job_id)
    result = one.latest_result()
    return {
        "status": one.get_status().value,
        "worker": one.worker_name,
        "started": one.started_at is not None,
        "ended": one.ended_at is not None,
        "heartbeat": one.last_heartbeat is not None,
        "kwargs": one.kwargs,
        "return_value": one.return_value(),
        "result": result and result.type.name,
        "text": result and result.exc_string,
        "execution": [e.id for e in one.get_executions()],
    }


def registries(queue="q"):
    """Who is in which registry, nothing swept away by looking."""
    kinds = {
        "started": StartedJobRegistry,
        "finished": FinishedJobRegistry,
        "failed": FailedJobRegistry,
        "deferred": DeferredJobRegistry,
        "scheduled": ScheduledJobRegistry,
        "canceled": CanceledJobRegistry,
    }
    found = {"queued": Queue(queue, connection=redis).job_ids}
    for name, kind in kinds.items():
        registry = kind(queue, connection=redis)
        found[name] = registry.get_job_ids(cleanup=False)
    return found


def workers():
    return [
        {
            "name": one.name,
            "state": one.get_state(),
            "job": one.get_current_job_id(),
            "queues": one.queue_names(),
            "pid": one.pid,
            "born": one.birth_date is not None,
            "successful": one.successful_job_count,
            "failed": one.failed_job_count,
            "working": one.total_working_time,
            "address": one.ip_address,
        }
        for one in Worker.all(connection=redis)
    ]


for line in sys.stdin:
    try:
        answer = {"value": eval(json.loads(line))}
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps(answer, default=str), flush=True)
