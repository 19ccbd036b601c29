"""Stands for Dioptra's own task where a Python worker runs beside ours: it notes what it ran."""

from rq import get_current_job


def run_v1_dioptra_job(job_id: int, experiment_id: int) -> None:
    get_current_job().connection.rpush("ran-by-python", job_id)
