package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> VERBS =
      List.of("load", "train", "mine", "retrain", "compare", "epochs");

  @ParameterizedTest
  @CsvSource({"traain,train", "tarin,train", "epoch,epochs", "Compare,compare", "mien,mine"})
  void finds_the_name_that_was_meant(String misspelt, String meant) {
    assertThat(Spelling.nearest(misspelt, VERBS)).isEqualTo(meant);
  }

  @Test
  void prefers_a_verb_for_what_begins_like_a_verb_and_a_type_for_a_type() {
    List<String> names = List.of("Epochs", "epochs");
    assertThat(Spelling.nearest("epochss", names)).isEqualTo("epochs");
    assertThat(Spelling.nearest("Epochss", names)).isEqualTo("Epochs");
  }

  @Test
  void proposes_nothing_where_no_name_is_near() {
    assertThat(Spelling.nearest("segment", VERBS)).isNull();
    assertThat(Spelling.nearest("x", VERBS)).isNull();
  }

  /** Counted by hand. */
  @ParameterizedTest
  @CsvSource({"abc,abc,0", "abc,acb,1", "abc,abcd,1", "abc,xbc,1", "abc,'',3", "kitten,sitting,3"})
  void counts_edits(String a, String b, int edits) {
    assertThat(Spelling.distance(a, b)).isEqualTo(edits);
  }
}
