package org.maskmine.kernel.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssistantTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.Spacing                                    | false | a.Spacing
          a.Spacing(double xMm, double yMm)            | false | a.Spacing
          a.Spacing(double xMm, double yMm).ZERO:int   | false | a.Spacing.ZERO:int
          a.Spacing(double x, double y)                | true  | a.Spacing(double x, double y)
          a.Spacing(double x, double y)(double side)   | true  | a.Spacing(double side)
          double a.Spacing(double x).half()            | true  | double a.Spacing.half()
          int f(String s) throws E                     | true  | int f(String s) throws E
          """)
  void writes_records_without_their_components(String signature, boolean call, String expected) {
    assertThat(Assistant.withoutComponents(signature, call)).isEqualTo(expected);
  }
}
