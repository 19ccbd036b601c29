package io.dioptra.worker.testing;

/** A user of Dioptra, as one logs in. */
public record Account(String username, String password) {
  @Override
  public String toString() {
    return "Account[" + username + ", ***]";
  }
}
