package io.dioptra.worker.architecture.broken.jvm;

import io.dioptra.worker.architecture.broken.job.LeafWithALibrary;

record UsesTheWorker(LeafWithALibrary job) {}
