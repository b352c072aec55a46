package org.maskmine.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Oracle: PyTorch in double precision, see make_losses.py; and central differences. */
class ReferenceLossTest {
  private static final int IMAGES = 3;
  private static final int CLASSES = 4;
  private static final int PIXELS = 10;

  private static double[] logits() {
    float[] values = Formula.values(7, IMAGES * CLASSES * PIXELS, -3, 3);
    double[] z = new double[values.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = values[i];
    }
    return z;
  }

  private static Target target() {
    byte[] membership = new byte[IMAGES * PIXELS];
    for (int i = 0; i < membership.length; i++) {
      membership[i] = (byte) (16 * Formula.uniform(1001, i));
    }
    return new Target(CLASSES, membership, Formula.values(1002, membership.length, 0, 1));
  }

  static List<StandardLoss> losses() {
    return StandardLoss.all();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void has_the_value_and_the_gradient_of_PyTorch(StandardLoss standard) throws IOException {
    try (var in = ReferenceLossTest.class.getResourceAsStream("losses.json")) {
      var stored =
          JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
              .getAsJsonObject()
              .getAsJsonObject(standard.name());
      ReferenceLoss loss = ReferenceLoss.of(standard.loss(), logits(), IMAGES, target());
      assertThat(loss.value()).isCloseTo(stored.get("value").getAsDouble(), within(1e-12));
      for (int i = 0; i < loss.gradient().length; i++) {
        double expected = stored.getAsJsonArray("gradient").get(i).getAsDouble();
        assertThat(loss.gradient()[i]).as("logit %d", i).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("losses")
  void has_the_gradient_that_central_differences_give(StandardLoss standard) {
    double[] z = logits();
    ReferenceLoss loss = ReferenceLoss.of(standard.loss(), z, IMAGES, target());
    double h = 1e-5;
    for (int i = 0; i < z.length; i++) {
      double middle = z[i];
      z[i] = middle + h;
      double above = ReferenceLoss.of(standard.loss(), z, IMAGES, target()).value();
      z[i] = middle - h;
      double below = ReferenceLoss.of(standard.loss(), z, IMAGES, target()).value();
      z[i] = middle;
      assertThat(loss.gradient()[i])
          .as("logit %d", i)
          .isCloseTo((above - below) / (2 * h), within(1e-8));
    }
  }
}
