package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Spacing;
import org.maskmine.volume.Volume;

/** Held to {@code src/test/python/patches.py}. */
class CutTest {
  private static final Geometry GRID = Geometry.of(24, 20, 5, new Spacing(1, 1, 1));

  private record Patch(
      int[] box,
      int first,
      int slices,
      boolean flipX,
      boolean flipY,
      double degrees,
      double zoom,
      double[] image,
      byte[] labels) {
    Cut cut() {
      return Cut.of(
          GRID,
          new Box(box[0], box[1], box[2], box[3]),
          AxialTransform.of(flipX, flipY, degrees, zoom));
    }
  }

  private record Values(float[] hu, byte[] labels, Patch[] cases) {
    PreparedCase prepared() {
      var image = new Volume(GRID, hu);
      return PreparedCase.of(
          new TinyCase("volume-3", image, new Mask(GRID, labels)), new HuWindow(0, 500), 2);
    }
  }

  private static Values scipy() throws IOException {
    var stream = Objects.requireNonNull(CutTest.class.getResourceAsStream("patches.json"));
    try (var in = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return new Gson().fromJson(in, Values.class);
    }
  }

  @Test
  void images_are_cut_linearly_as_scipy_does_through_flips_rotation_and_zoom() throws IOException {
    PreparedCase prepared = scipy().prepared();
    for (Patch patch : scipy().cases()) {
      float[] found = new float[patch.image().length];
      prepared.image(patch.cut(), patch.first(), patch.slices(), found, 0);
      for (int i = 0; i < found.length; i++) {
        assertThat((double) found[i]).isCloseTo(patch.image()[i], within(2e-5));
      }
    }
  }

  @Test
  void labels_are_cut_at_the_nearest_voxel_as_scipy_does_through_the_same_transform()
      throws IOException {
    PreparedCase prepared = scipy().prepared();
    ByteBuffer labels = ByteBuffer.wrap(scipy().labels());
    for (Patch patch : scipy().cases()) {
      byte[] found = new byte[patch.labels().length];
      prepared.bytes(labels, (byte) 7, patch.cut(), patch.first(), patch.slices(), found, 0);
      assertThat(found).isEqualTo(patch.labels());
    }
  }

  @Test
  void weights_are_cut_at_the_same_voxels_as_labels() throws IOException {
    Values scipy = scipy();
    PreparedCase prepared = scipy.prepared();
    ByteBuffer liver = ByteBuffer.wrap(prepared.truth(Structure.LIVER));
    for (Patch patch : scipy.cases()) {
      byte[] mask = new byte[patch.labels().length];
      float[] weights = new float[mask.length];
      prepared.bytes(liver, (byte) 0, patch.cut(), patch.first(), patch.slices(), mask, 0);
      prepared.pixelWeights(
          Structure.LIVER, patch.cut(), patch.first(), patch.slices(), weights, 0);
      for (int i = 0; i < mask.length; i++) {
        // In this noise every voxel of the grid lies in a border band or next to one.
        double expected = patch.labels()[i] == 7 ? 0.75 / Math.sqrt(3) : 0.75 + 0.25 * mask[i];
        assertThat((double) weights[i]).isCloseTo(expected, within(0.03));
      }
    }
  }
}
