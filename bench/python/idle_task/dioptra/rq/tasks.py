"""Stands for Dioptra's own task where only the queue is measured."""


def run_v1_dioptra_job(job_id: int, experiment_id: int) -> None:
    pass
