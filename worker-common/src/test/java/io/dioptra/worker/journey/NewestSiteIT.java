package io.dioptra.worker.journey;

/** API 1.2, artifacts through MLflow. */
class NewestSiteIT extends EveryJourney {
  NewestSiteIT(Workshop shop) {
    super(shop);
  }
}
