package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellOutputTest {
  /** Bytes of each character from RFC 3629: ü two, € three, 😀 four. */
  @ParameterizedTest
  @CsvSource({
    "ab,2,2", "aü,3,3", "aü,2,1", "a€,4,4", "a€,3,1", "a€,2,1", "😀,4,4", "😀,3,0", "😀,1,0",
    "'',0,0"
  })
  void keeps_back_the_bytes_of_a_character_that_is_not_whole(String text, int given, int whole) {
    byte[] bytes = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), given);
    assertThat(CellOutput.wholeCharacters(bytes)).isEqualTo(whole);
  }
}
