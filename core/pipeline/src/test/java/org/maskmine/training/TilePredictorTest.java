package org.maskmine.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;
import org.maskmine.data.HuWindow;
import org.maskmine.data.PreparedCase;
import org.maskmine.data.Structure;
import org.maskmine.data.TinyCase;
import org.maskmine.engine.Batch;
import org.maskmine.engine.Images;
import org.maskmine.engine.Loss;
import org.maskmine.engine.Network;
import org.maskmine.network.Graph;
import org.maskmine.network.UNet;
import org.maskmine.network.Weights;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/** Held to {@code src/test/python/tiles.py}. */
class TilePredictorTest {
  private record Expected(int dimensions, int side, int depth, boolean mirrored, String mask) {
    StageRecipe recipe() {
      StageRecipe liver = Recipe.cascade2d().stage(Structure.LIVER);
      return dimensions == 2
          ? liver.network(n -> UNet.twoD().slices(1).base(2).levels(2)).patches(8, 1)
          : liver.network(n -> UNet.threeD().base(2).levels(2)).patches(side, depth);
    }

    Tiles tiles() {
      return new Tiles(dimensions == 2 ? side : Tiles.WHOLE, mirrored);
    }
  }

  private record Values(int nx, int ny, int nz, float[] hu, Expected[] cases) {
    PreparedCase prepared() {
      var grid = Geometry.of(nx, ny, nz, new Spacing(1, 1, 1));
      return PreparedCase.of(
          new TinyCase("scan", new Volume(grid, hu), null), new HuWindow(0, 500), 2);
    }
  }

  /** A value's distance from ½ and a ramp over the tile, as in the script. */
  private record Ramp(Graph graph) implements Network {
    @Override
    public Map<String, float[]> predict(Images images) {
      int[] size = images.size();
      int width = size[size.length - 1];
      int height = size[size.length - 2];
      int depth = size.length == 3 ? size[0] : 1;
      int voxels = images.pixels();
      float[] logits = new float[2 * images.count() * voxels];
      for (int n = 0; n < images.count(); n++) {
        for (int i = 0; i < voxels; i++) {
          logits[(2 * n + 1) * voxels + i] =
              images.values()[n * voxels + i]
                  - 0.5f
                  + 0.2f * along(i / width / height, depth)
                  + 0.9f * along(i / width % height, height)
                  - 0.6f * along(i % width, width);
        }
      }
      return Map.of("liver", logits);
    }

    private static float along(int i, int length) {
      return length == 1 ? 0 : i / (length - 1f) - 0.5f;
    }

    @Override
    public DoubleSupplier step(Batch batch, Map<String, Loss> losses, double learningRate) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LossAndGradient gradient(Batch batch, Map<String, Loss> losses) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Weights weights() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Weights optimiser() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void restore(Weights optimiser) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  private static Values numpy() throws IOException {
    var stream = Objects.requireNonNull(TilePredictorTest.class.getResourceAsStream("tiles.json"));
    try (var in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Values.class);
    }
  }

  private static byte[] predict(
      Expected expected, PreparedCase prepared, byte[] gate, TilePredictor.Watcher watcher) {
    StageRecipe recipe = expected.recipe();
    return TilePredictor.predict(
        new Ramp(recipe.graph()),
        recipe,
        Structure.LIVER,
        prepared,
        gate,
        expected.tiles(),
        watcher);
  }

  private static String bits(byte[] mask) {
    var text = new StringBuilder();
    for (byte b : mask) {
      text.append(b);
    }
    return text.toString();
  }

  @Test
  void overlapping_tiles_are_blended_in_2d_and_3d_mirrored_and_not_as_numpy_does()
      throws IOException {
    PreparedCase prepared = numpy().prepared();
    for (Expected expected : numpy().cases()) {
      byte[] found =
          predict(expected, prepared, Gates.everywhere(prepared), TilePredictor.Watcher.NONE);
      assertThat(bits(found)).as(expected.toString()).isEqualTo(expected.mask());
    }
  }

  @Test
  void nothing_is_predicted_outside_the_gate() throws IOException {
    PreparedCase prepared = numpy().prepared();
    byte[] gate = new byte[prepared.geometry().voxels()];
    Arrays.fill(
        gate, prepared.geometry().index(5, 6, 2), prepared.geometry().index(1, 9, 4), (byte) 1);
    for (Expected expected : numpy().cases()) {
      byte[] found = predict(expected, prepared, gate, TilePredictor.Watcher.NONE);
      int inside = 0;
      for (int i = 0; i < found.length; i++) {
        inside += found[i];
        assertThat(found[i]).isLessThanOrEqualTo(gate[i]);
      }
      assertThat(inside).isPositive();
      byte[] none = predict(expected, prepared, new byte[gate.length], TilePredictor.Watcher.NONE);
      assertThat(none).containsOnly(0);
    }
  }

  @Test
  void every_call_of_the_network_is_reported() throws IOException {
    PreparedCase prepared = numpy().prepared();
    Expected solid = numpy().cases()[4];
    List<Integer> reports = new ArrayList<>();
    predict(
        solid,
        prepared,
        Gates.everywhere(prepared),
        (done, total) -> {
          reports.add(done);
          assertThat(total).isEqualTo(2 * 3 * 2);
        });
    assertThat(reports).containsExactly(0);
  }

  @Test
  void refuses_tiles_without_a_width() {
    assertThatThrownBy(() -> new Tiles(-1, false))
        .isInstanceOf(UserError.class)
        .hasMessage("tiles(-1): must be at least 1 voxel wide; take tiles(256)");
  }
}
