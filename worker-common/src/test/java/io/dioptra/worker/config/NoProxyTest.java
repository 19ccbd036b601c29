package io.dioptra.worker.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@code requests} 2.34 decides. */
class NoProxyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "site.org            | site.org         | 80   | true",
        "site.org            | api.SITE.org     | 80   | true",
        ".site.org           | api.site.org     | 80   | true",
        ".site.org           | site.org         | 80   | true",
        "site.org            | notsite.org      | 80   | false",
        "site.org            | site.org.evil    | 80   | false",
        "site.org:5000       | site.org         | 5000 | true",
        "site.org:5000       | site.org         | 80   | false",
        "other, restapi      | restapi          | 5000 | true",
        "*                   | anything         | 80   | true",
        "10.0.0.0/8          | 10.1.2.3         | 80   | true",
        "10.0.0.0/8          | 11.1.2.3         | 80   | false",
        "10.1.2.3/32         | 10.1.2.3         | 80   | true",
        "0.0.0.0/0           | 8.8.8.8          | 80   | true",
        "10.0.0.0/99         | 10.0.0.0         | 80   | false",
        "10.0.0.0/8          | 10.example.org   | 80   | false",
        "127.0.0.1           | 127.0.0.1        | 80   | true",
        "127.0.0.1           | 27.0.0.1         | 80   | false",
        "0.1                 | 127.0.0.1        | 80   | false",
        "::1                 | ::1              | 80   | true",
        "','                 | site.org         | 80   | false",
      })
  void aHostIsAskedDirectlyWhereAnEntryCoversIt(
      String text, String host, int port, boolean isCovered) {
    assertThat(NoProxy.parse(text).covers(host, port)).isEqualTo(isCovered);
  }
}
