package io.dioptra.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ErrorBodyTest {
  @Test
  void dioptrasOwnErrorIsNamed() {
    ErrorBody body =
        read(
            """
            {"error": "EntityExistsError", "message": "Conflict - The artifact already exists.",
             "detail": {"entity_type": "artifact", "existing_id": 44}, "originating_path": "/"}
            """);

    assertThat(body.error()).isEqualTo("EntityExistsError");
    assertThat(body.message()).isEqualTo("Conflict - The artifact already exists.");
    assertThat(body.existingId()).hasValue(44);
  }

  @Test
  void whatAValidationFoundIsPartOfTheMessage() {
    ErrorBody body =
        read(
            """
            {"error": "EntrypointValidationError", "message": "Bad Request.",
             "detail": {"reason": {"rendered_validation_errors": ["no step s2"]}}}
            """);

    assertThat(body.message()).contains("Bad Request.", "no step s2");
  }

  @Test
  void fieldsThatFailTheirSchemaAreListed() {
    assertThat(read("{\"errors\": {\"status\": [\"Must be one of: queued.\"]}}").message())
        .contains("status", "Must be one of: queued.");
  }

  @Test
  void theFrameworksAnswerHasAMessageOnly() {
    ErrorBody body = read("{\"message\": \"Internal Server Error\"}");

    assertThat(body.error()).isEmpty();
    assertThat(body.message()).isEqualTo("Internal Server Error");
  }

  @Test
  void whatAProxySaysIsQuotedBriefly() {
    assertThat(read("<html>\n<h1>502 Bad Gateway</h1>" + "x".repeat(900)).message())
        .startsWith("<html> <h1>502 Bad Gateway</h1>")
        .hasSizeLessThan(210);
  }

  private static ErrorBody read(String body) {
    return ErrorBody.of(body.getBytes(StandardCharsets.UTF_8));
  }
}
