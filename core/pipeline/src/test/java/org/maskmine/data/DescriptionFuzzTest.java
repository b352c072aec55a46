package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.volume.Mutation;

/** {@code dataset.json}, damaged and hostile. */
class DescriptionFuzzTest {
  private static final List<String> SEEDS = List.of("Task03_Liver", "Dataset011_Abdomen");

  /** What somebody may put where a value is expected. */
  private static final List<String> HOSTILE =
      List.of(
          "1e999999999",
          "-1",
          "1.5",
          "9".repeat(5_000),
          "null",
          "true",
          "{}",
          "[[1], 2]",
          "[" + "1, ".repeat(10_000) + "1]",
          "[".repeat(20_000),
          "{\"a\":".repeat(20_000),
          "\"" + "liver ".repeat(10_000) + "\"",
          "\"liver\\n\\u0000\\ud800\"",
          "NaN");

  /** Some hundred bytes for each of the text, and what Gson and Java need for any. */
  private static final long BUFFERS = 2 << 20;

  private static final long PER_BYTE = 400;

  @TempDir Path folder;

  private Path description;

  @BeforeEach
  void makes_a_task() throws IOException {
    description = folder.resolve("dataset.json");
    Files.createDirectory(folder.resolve("imagesTr"));
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void a_thousand_damaged_descriptions_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(0, 1_000);
  }

  @Test
  @Tag("long")
  @Timeout(value = 600, unit = TimeUnit.SECONDS)
  void ten_thousand_more_are_read_or_refused_with_a_sentence() throws IOException {
    fuzz(1_000, 11_000);
  }

  private void fuzz(int from, int to) throws IOException {
    int read = 0;
    for (int n = from; n < to; n++) {
      byte[] damaged = damaged(n);
      boolean[] sane = new boolean[1];
      long most = BUFFERS + PER_BYTE * damaged.length;
      Mutation.read(n, description, damaged, () -> sane[0] = read(), most);
      read += sane[0] ? 1 : 0;
    }
    // Were all refused, the fuzzer would not reach the reader's depth.
    assertThat(read).isBetween((to - from) / 20, (to - from) * 19 / 20);
  }

  /** Half of them are JSON still, with something strange in the place of a value. */
  private static byte[] damaged(int n) throws IOException {
    var random = new SplittableRandom(n);
    byte[] sound = sample(SEEDS.get(n % SEEDS.size()));
    if (random.nextBoolean()) {
      return Mutation.damaged(random, sound, sound.length);
    }
    String text = new String(sound, StandardCharsets.UTF_8);
    int colon = text.indexOf(':', random.nextInt(text.lastIndexOf(':')));
    int end = colon + 1;
    while (",}]\n".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String value = HOSTILE.get(random.nextInt(HOSTILE.size()));
    return (text.substring(0, colon + 1) + value + text.substring(end))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sample(String task) throws IOException {
    String name = "/org/maskmine/data/layouts/" + task + "/dataset.json";
    try (InputStream in =
        Objects.requireNonNull(DescriptionFuzzTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  private boolean read() {
    try {
      LabelMap map = labels();
      assertThat(map.liver()).isNotEmpty();
      return true;
    } catch (UserError e) {
      assertThat(e).hasMessageStartingWith(description + ": ");
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
      assertThat(e.getMessage()).hasSizeLessThan(1_500);
      return false;
    }
  }

  private LabelMap labels() {
    return Layouts.find(Source.of(folder)).labels().get();
  }

  @Test
  void a_label_that_is_no_whole_number_is_refused_and_not_cut_down_to_one() throws IOException {
    Files.writeString(description, "{\"labels\": {\"liver\": 1.5}}");
    assertThatThrownBy(this::labels)
        .isInstanceOf(UserError.class)
        .hasMessage(
            description
                + ": cannot be read as the description of a data set; it needs \"labels\" such as"
                + " {\"0\": \"background\", \"1\": \"liver\", \"2\": \"cancer\"}");
  }

  @Test
  void a_value_that_no_label_may_have_is_refused_with_the_file() throws IOException {
    Files.writeString(description, "{\"labels\": {\"liver\": 200, \"tumour\": 2}}");
    assertThatThrownBy(this::labels)
        .isInstanceOf(UserError.class)
        .hasMessage(
            description
                + ": liver(200): a label is 1 to 127, and 0 is background; see the label file");
  }

  @Test
  void a_description_larger_than_any_is_not_read_into_memory() throws IOException {
    try (var file = new RandomAccessFile(description.toFile(), "rw")) {
      file.setLength(1L << 34);
    }
    assertThatThrownBy(this::labels)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(description + ": cannot be read as the description of a data set");
  }
}
