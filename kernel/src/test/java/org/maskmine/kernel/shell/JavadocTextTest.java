package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavadocTextTest {
  @Test
  void is_readable_without_a_browser() {
    String comment =
        """
         Trains {@code network} on {@link Data the data} like {@link Recipe#paper()}.

         <p>Stops where <b>a &lt; b</b>.

         @param data what to train on
         @return the run
         @throws UserError where it is empty
        """;
    assertThat(JavadocText.plain(comment))
        .isEqualTo(
            """
            Trains network on the data like Recipe.paper().

            Stops where a < b.

              data what to train on
              returns the run
              throws UserError where it is empty""");
  }

  @Test
  void takes_tags_out_of_one_another() {
    assertThat(JavadocText.plain("{@return {@code true} where x<sup>2</sup>&nbsp;&gt; 1}"))
        .isEqualTo("Returns true where x^2 > 1.");
  }
}
