package io.dioptra.worker.e2e.docker;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Looks whether the image of {@link NeedsImage} is tested. */
final class NeededImage implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(context.getElement(), NeedsImage.class)
        .map(NeededImage::of)
        .orElseGet(() -> ConditionEvaluationResult.enabled("needs no image"));
  }

  private static ConditionEvaluationResult of(NeedsImage needed) {
    return TestedImage.all().contains(new TestedImage(needed.value()))
        ? ConditionEvaluationResult.enabled(needed.value() + " is tested")
        : ConditionEvaluationResult.disabled("e2e/run was not asked for " + needed.value());
  }
}
