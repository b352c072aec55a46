package org.maskmine.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.maskmine.UserError;

/** Oracle: the safetensors library and numpy, see make_safetensors.py. */
class SafetensorsTest {
  private static final Map<String, String> METADATA =
      Map.of("recipe", "böse \"words\"\n", "seed", "1");

  @TempDir Path folder;

  private static Weights example() {
    float[] ramp = new float[36];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = (float) i / 7 - 2;
    }
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    arrays.put("stem.conv.weight", new Weights.Array(new int[] {2, 2, 3, 3}, ramp));
    arrays.put(
        "stem.conv.bias",
        new Weights.Array(new int[] {2}, new float[] {0.1f, Float.NEGATIVE_INFINITY}));
    arrays.put("step", new Weights.Array(new int[] {1}, new float[] {3}));
    return new Weights(arrays);
  }

  private static byte[] stored(String name) throws IOException {
    try (var in = SafetensorsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void writes_the_bytes_that_numpy_and_the_safetensors_library_were_seen_to_read()
      throws IOException {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, example(), METADATA);
    assertThat(Files.readAllBytes(file)).isEqualTo(stored("by-maskmine.safetensors"));
  }

  @Test
  void reads_what_the_safetensors_library_wrote() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.write(file, stored("by-library.safetensors"));
    Safetensors.Content content = Safetensors.read(file);
    assertThat(content.metadata()).isEqualTo(METADATA);
    assertSame(content.weights(), example());
  }

  @Test
  void brings_back_every_bit_in_the_same_order() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Weights weights = InitialWeights.heNormal(UNet.twoD().base(4).levels(2).graph("liver"), 5);
    Safetensors.write(file, weights, Map.of());
    Weights back = Safetensors.read(file).weights();
    assertThat(back.arrays().keySet()).containsExactlyElementsOf(weights.arrays().keySet());
    assertSame(back, weights);
  }

  @Test
  void leaves_no_other_file_behind_and_replaces_an_old_one() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Files.writeString(file, "old");
    Safetensors.write(file, example(), Map.of());
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
    assertSame(Safetensors.read(file).weights(), example());
  }

  @Test
  void says_that_a_file_is_missing() {
    Path file = folder.resolve("gone.safetensors");
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": no such file of weights; check the path");
  }

  @Test
  void refuses_a_file_cut_at_any_byte() throws IOException {
    byte[] whole = stored("by-library.safetensors");
    Path file = folder.resolve("cut.safetensors");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Safetensors.read(file))
          .as("cut after %d bytes", length)
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + " ")
          .hasMessageEndingWith(
              ": not a whole safetensors file of float32 arrays; take a copy that is not damaged");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                                           | has an unreadable header",
        "{\"a\":3}                                                    | has an unreadable header",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}                    | does not say where a lies",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} "
            + "| gives a the shape [-1]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,4]}} "
            + "| gives a the shape [2147483647, 2147483647, 4]",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} "
            + "| gives a [2] the bytes 0 to 4",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}} "
            + "| gives a [1] the bytes -4 to 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} "
            + "| has a gap or an overlap before a",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} "
            + "| has a gap or an overlap before b",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}} "
            + "| holds a twice",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} "
            + "| holds 8 bytes of numbers where its header counts 4",
        "{}{}                                                         | has an unreadable header",
      })
  void refuses_a_header_that_does_not_add_up(String header, String what) throws IOException {
    Path file = withHeader(header, 8);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + " "
                + what
                + ": not a whole safetensors file of float32 arrays; take a copy that is not damaged");
  }

  @Test
  void refuses_half_precision_and_names_the_array() throws IOException {
    Path file = withHeader("{\"a\":{\"dtype\":\"BF16\",\"shape\":[4],\"data_offsets\":[0,8]}}", 8);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            file
                + " holds a as BF16: weights are float32 (F32); convert the file before reading it");
  }

  private Path withHeader(String header, int dataBytes) throws IOException {
    byte[] json = header.strip().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  private static void assertSame(Weights actual, Weights expected) {
    assertThat(List.copyOf(actual.arrays().keySet()))
        .containsExactlyInAnyOrderElementsOf(expected.arrays().keySet());
    expected
        .arrays()
        .forEach(
            (name, array) -> {
              assertThat(actual.get(name).shape()).as(name).isEqualTo(array.shape());
              assertThat(actual.get(name).values()).as(name).isEqualTo(array.values());
            });
  }
}
