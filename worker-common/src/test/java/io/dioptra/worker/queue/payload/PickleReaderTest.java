package io.dioptra.worker.queue.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void plainDataIsReadAsPythonWroteIt(int protocol) throws Exception {
    byte[] pickle =
        Inflation.inflate(SamplePayload.named("everything-protocol-%d".formatted(protocol)));

    PayloadValue.Members all = (PayloadValue.Members) new PickleReader(pickle).read();

    assertThat(items(all, "bools"))
        .containsExactly(new PayloadValue.Bool(true), new PayloadValue.Bool(false));
    assertThat(items(all, "ints"))
        .containsExactly(
            integer("0"),
            integer("255"),
            integer("65535"),
            integer("-1"),
            integer("2147483647"),
            integer("-2147483648"),
            integer("1099511627776"),
            integer("-9223372036854775808"),
            new PayloadValue.Int(BigInteger.TWO.pow(200)));
    assertThat(items(all, "reals"))
        .containsExactly(
            new PayloadValue.Real(1.5), new PayloadValue.Real(Double.NEGATIVE_INFINITY));
    assertThat(items(all, "texts"))
        .containsExactly(text(""), text("Größe"), text("x".repeat(300)), text("y".repeat(70_000)));
    assertThat(items(all, "many")).hasSize(2500).endsWith(integer("2499"));
    assertThat(items(all, "tuples"))
        .extracting(tuple -> ((PayloadValue.Items) tuple).values().size())
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(((PayloadValue.Members) value(all, "one")).values())
        .containsEntry("only", text("entry"));
    assertThat(items(all, "shared")).containsExactly(text("shared"), text("shared"));
    assertThat(value(all, "none")).isEqualTo(new PayloadValue.None());
  }

  @ParameterizedTest
  @CsvSource({
    "a FRAME longer than the input, 80 05 95 ff 00 00 00 00 00 00 00 4e 2e",
    "a negative FRAME, 80 05 95 ff ff ff ff ff ff ff ff 4e 2e",
    "a text longer than the input, 80 05 58 ff ff ff 7f 61 2e",
    "a text of negative length, 80 05 8d ff ff ff ff ff ff ff ff 61 2e",
    "a lone surrogate, 80 05 8c 03 ed a0 80 2e",
    "an integer of negative length, 80 05 8b ff ff ff ff 2e",
    "an integer of 2 GB, 80 05 8b ff ff ff 7f 2e",
    "bytes after the end, 80 05 4e 2e 4e",
    "no end, 80 05 4e",
    "nothing on the stack, 80 05 2e",
    "two values on the stack, 80 05 4e 4e 2e",
    "a mark that is left, 80 05 28 2e",
    "a tuple without a mark, 80 05 4e 74 2e",
    "a tuple reaching below a mark, 80 05 4e 28 85 2e",
    "an append to nothing, 80 05 4e 61 2e",
    "an append to a tuple, 80 05 29 4e 61 2e",
    "a key without a value, 80 05 7d 28 8c 01 61 75 2e",
    "a key that is a number, 80 05 7d 4b 01 4e 73 2e",
    "a memory that is empty, 80 05 68 00 2e",
    "nothing to remember, 80 05 94 2e",
    "a second PROTO, 80 05 80 05 4e 2e",
    "protocol 1, 80 01 4e 2e",
    "protocol 6, 80 06 4e 2e",
    "STACK_GLOBAL, 80 05 8c 02 6f 73 8c 06 73 79 73 74 65 6d 93 2e",
    "REDUCE, 80 05 4e 29 52 2e",
    "BUILD, 80 05 4e 4e 62 2e",
    "NEWOBJ, 80 05 4e 29 81 2e",
    "INST, 80 05 28 69 6f 73 0a 73 79 73 74 65 6d 0a 2e",
    "EXT1, 80 05 82 01 2e",
    "PERSID, 80 05 50 31 0a 2e",
    "BINPERSID, 80 05 4e 51 2e",
    "NEXT_BUFFER, 80 05 97 2e",
    "BYTEARRAY8, 80 05 96 00 00 00 00 00 00 00 00 2e",
    "POP, 80 05 4e 4e 30 2e",
    "DUP, 80 05 4e 32 2e",
    "INT of protocol 0, 80 05 49 31 0a 2e",
  })
  void aPickleThatIsNotPlainAndWellFormedIsRefused(String what, String digits) {
    assertThatThrownBy(() -> new PickleReader(SamplePayload.hex(digits)).read())
        .as(what)
        .isInstanceOf(PayloadRefusedException.class)
        .hasMessageMatching("\\p{Print}+");
  }

  @Test
  void aListThatIsPartOfAnotherCannotGrowAroundIt() {
    // outer = []; inner = [outer]; outer.append(inner)
    byte[] loop = SamplePayload.hex("80 05 5d 94 5d 68 00 61 61 2e");

    assertThatThrownBy(() -> new PickleReader(loop).read()).hasMessageContaining("contains itself");
  }

  @Test
  void noIntegerOfNoBytesIsMissing() throws Exception {
    assertThat(new PickleReader(SamplePayload.hex("80 05 8a 00 2e")).read())
        .isEqualTo(integer("0"));
  }

  private static PayloadValue value(PayloadValue.Members members, String name) {
    return members.values().getOrDefault(name, new PayloadValue.Text("missing"));
  }

  private static List<PayloadValue> items(PayloadValue.Members members, String name) {
    return ((PayloadValue.Items) value(members, name)).values();
  }

  private static PayloadValue integer(String digits) {
    return new PayloadValue.Int(new BigInteger(digits));
  }

  private static PayloadValue text(String value) {
    return new PayloadValue.Text(value);
  }
}
