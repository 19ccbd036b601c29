package io.dioptra.worker.journey;

/**
 * How a job that is over looks to everybody.
 *
 * @param status in Dioptra
 * @param mlflow the status of its MLflow run, empty where there is none
 * @param rq its status in RQ
 * @param reason why it failed, in RQ
 * @param log the messages of its log, escaped as the REST API keeps them
 */
record EndedJob(String status, String mlflow, String rq, String reason, String log) {}
