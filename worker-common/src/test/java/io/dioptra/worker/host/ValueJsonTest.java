package io.dioptra.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dioptra.worker.frame.ProtocolException;
import io.dioptra.worker.task.Value;
import io.dioptra.worker.task.ValueHandle;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ValueJsonTest {
  private static final JsonMapper JSON = new JsonMapper();

  record Pair(Value value, String json) {}

  static List<Pair> everyKind() {
    SequencedMap<String, Value> members = new LinkedHashMap<>();
    members.put("z", Value.Int.of(1));
    members.put("a", new Value.Members(new LinkedHashMap<>()));
    return List.of(
        new Pair(new Value.Null(), "null"),
        new Pair(new Value.Bool(true), "true"),
        new Pair(Value.Int.of(-7), "-7"),
        new Pair(new Value.Int(BigInteger.TWO.pow(80)), "1208925819614629174706176"),
        new Pair(new Value.Real(0.5), "0.5"),
        new Pair(new Value.Real(4), "4.0"),
        new Pair(new Value.Real(Double.NaN), "{\"real\":\"nan\"}"),
        new Pair(new Value.Real(Double.POSITIVE_INFINITY), "{\"real\":\"inf\"}"),
        new Pair(new Value.Real(Double.NEGATIVE_INFINITY), "{\"real\":\"-inf\"}"),
        new Pair(new Value.Text("$x\n\u0000€"), "\"$x\\n\\u0000€\""),
        new Pair(Value.items(new Value.Null(), Value.items()), "[null,[]]"),
        new Pair(new Value.Members(members), "{\"members\":[[\"z\",1],[\"a\",{\"members\":[]}]]}"));
  }

  @ParameterizedTest
  @MethodSource("everyKind")
  void aValueIsWrittenAsTheProtocolSaysAndReadBack(Pair pair) throws Exception {
    assertThat(ValueJson.encode(pair.value())).hasToString(pair.json());
    assertThat(ValueJson.decode(JSON.readTree(pair.json()))).isEqualTo(pair.value());
  }

  @Test
  void aReferenceIsWrittenWithItsOrigin() {
    Value reference =
        new Value.Reference(new ValueHandle(ValueHandle.Origin.STEP, "train", "model"));
    assertThat(ValueJson.encode(reference)).hasToString("{\"ref\":[\"step\",\"train\",\"model\"]}");
  }

  @Test
  void aPlainObjectIsNoValue() {
    assertThatThrownBy(() -> ValueJson.decode(JSON.readTree("{\"a\": 1}")))
        .isInstanceOf(ProtocolException.class)
        .hasMessageContaining("no value");
  }

  @Test
  void anUnknownRealIsNoValue() {
    assertThatThrownBy(() -> ValueJson.decode(JSON.readTree("{\"real\": \"huge\"}")))
        .isInstanceOf(ProtocolException.class);
  }
}
