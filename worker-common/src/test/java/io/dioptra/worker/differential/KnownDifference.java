package io.dioptra.worker.differential;

/** A deliberate difference that the comparison lets pass. Each is a line of the documentation. */
enum KnownDifference {
  ARTIFACTS_GO_ON("An output artifact that cannot be written fails the job"),
  EXCEPTION_IS_ISSUE(
      "Where Dioptra's validation stops with an exception, the same text is an issue"),
  BARE_EXCEPTION(
      "Where it stops with a bare `KeyError`, `IndexError` or `AssertionError` there is an issue"),
  KWARGS_NO_OBJECT("An argument with members `task` and `kwargs` where `kwargs` is no object"),
  SCHEMA_EXCEPTION("Where Dioptra ends with a `KeyError` while it words an issue with the schema"),
  SCHEMA_AT_ONCE("A step without a task, and a choice of a swap that holds nothing but"),
  SWAPS_AT_1_1("Members of a step that begin with `?` are swaps, also with a Dioptra 1.1"),
  SCHEMA_WORDING("The details of schema issues are worded by another library"),
  TEXT_IS_CUT("The text of a type in a message is cut after 2000 characters"),
  ORDER_OF_NAMES("Names in one message are in the order of the document");

  private final String line;

  KnownDifference(String line) {
    this.line = line;
  }

  /** How its line in {@code docs/differences.md} begins. */
  String line() {
    return line;
  }
}
