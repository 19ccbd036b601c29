package io.dioptra.worker.host;

import io.dioptra.worker.job.QueueName;
import io.dioptra.worker.task.TaskEvents;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * For which job a host is wanted.
 *
 * @param queue the queue that the job came from
 * @param events gets what the host's tasks log and print; called by several threads
 * @param notes gets a line for the job's log, where its host did not start as usual
 * @param code completed when the job's code is there, which may be later than the order; its
 *     failure means that there is no use in waiting for imports
 */
public record HostOrder(
    QueueName queue, TaskEvents events, Consumer<String> notes, CompletableFuture<JobCode> code) {}
