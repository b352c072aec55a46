package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NiftiReadTest {
  @TempDir Path folder;

  static Stream<NiftiSamples.Expected> samples() {
    return Arrays.stream(NiftiSamples.expected());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void reads_the_values_and_the_place_that_nibabel_reads(NiftiSamples.Expected expected) {
    Volume volume = Nifti.readVolume(NiftiSamples.sample(expected.file()));
    Geometry g = volume.geometry();
    assertThat(new int[] {g.nx(), g.ny(), g.nz()}).isEqualTo(expected.size());
    float[] values = volume.values();
    assertThat(Arrays.copyOfRange(values, values.length - 3, values.length))
        .isEqualTo(expected.last());
    assertThat(NiftiSamples.sha256(values)).isEqualTo(expected.sha256());
    assertThat(NiftiSamples.numbers(g.affine()))
        .satisfies(found -> assertClose(found, expected.affine()));
  }

  @Test
  void reads_labels_from_any_number_type() throws IOException {
    Path file = folder.resolve("labels.nii.gz");
    var geometry = Geometry.of(3, 2, 1, new Spacing(1, 1, 2));
    Nifti.write(file, new Volume(geometry, new float[] {0, 1, 2, 127, 0, 1}));
    assertThat(Nifti.readMask(file).values()).containsExactly(0, 1, 2, 127, 0, 1);
    assertThat(Nifti.readMask(file).geometry()).isEqualTo(geometry);
  }

  @Test
  void reads_a_compressed_file_whose_name_does_not_say_so() throws IOException {
    Path file = folder.resolve("plain.nii");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(NiftiSamples.bytes(NiftiSamples.sample("int16-little.nii")));
    }
    assertThat(Nifti.readVolume(file).values())
        .isEqualTo(Nifti.readVolume(NiftiSamples.sample("int16-little.nii")).values());
  }

  private static void assertClose(double[] found, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(1e-6));
    }
  }
}
