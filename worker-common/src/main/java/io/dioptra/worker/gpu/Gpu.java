package io.dioptra.worker.gpu;

/**
 * One GPU of this machine.
 *
 * @param memory with its unit, as the driver says it
 */
record Gpu(String index, String uuid, String name, String memory) {}
