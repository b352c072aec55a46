package org.maskmine.volume;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;

class NiftiRefusalTest {
  @TempDir Path folder;

  private static byte[] sound() {
    return NiftiSamples.bytes(NiftiSamples.sample("int16-little.nii"));
  }

  private Path file(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A sound file of 5×4×3 int16 voxels with some bytes of its header changed. */
  private Path changed(Consumer<ByteBuffer> change) {
    byte[] bytes = sound();
    change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return file("scan.nii", bytes);
  }

  private static byte[] gzip(byte[] bytes) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static void assertRefused(Path file, String sentence) {
    assertThatThrownBy(() -> Nifti.readVolume(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + sentence);
  }

  @Test
  void refuses_a_missing_file_and_names_it() {
    assertRefused(folder.resolve("no.nii"), ": no such file; check its name and folder");
  }

  @Test
  void refuses_a_folder() {
    assertRefused(folder, ": is a folder, not a NIfTI file; name one .nii or .nii.gz file in it");
  }

  @Test
  void refuses_a_file_that_may_not_be_read() throws IOException {
    Path file = file("scan.nii", sound());
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "this user may read everything");
    assertRefused(file, ": may not be read; check the file's permissions");
  }

  @Test
  void refuses_an_empty_file() {
    assertRefused(
        file("scan.nii", new byte[0]),
        ": ends after 0 bytes: a NIfTI header alone has 348; copy or download the file again");
  }

  @Test
  void refuses_a_truncated_second_header() {
    byte[] second = NiftiSamples.bytes(NiftiSamples.sample("second-big-qform.nii"));
    assertRefused(
        file("scan.nii", Arrays.copyOf(second, 400)),
        ": ends after 400 bytes: a NIfTI header alone has 540; copy or download the file again");
  }

  @Test
  void refuses_a_truncated_file_before_it_reads_a_voxel() {
    assertRefused(
        file("scan.nii", Arrays.copyOf(sound(), 471)),
        ": holds 471 bytes, too few for the 5×4×3 voxels of int16 from byte 352 on that its header"
            + " promises; copy or download the file again");
  }

  @Test
  void refuses_a_truncated_gzip_and_names_the_file() {
    byte[] whole = gzip(sound());
    for (int kept : new int[] {12, 100, whole.length - 9, whole.length - 1}) {
      assertRefused(
          file("scan.nii.gz", Arrays.copyOf(whole, kept)),
          ": ends in the middle: the file is truncated; copy or download it again");
    }
  }

  @Test
  void refuses_a_gzip_with_a_wrong_checksum() {
    byte[] whole = gzip(sound());
    whole[whole.length - 8] ^= 1;
    assertRefused(
        file("scan.nii.gz", whole),
        ": compressed data are damaged (Corrupt GZIP trailer); copy or download the file again");
  }

  @Test
  void refuses_a_gz_name_on_a_plain_file() {
    assertRefused(
        file("scan.nii.gz", sound()),
        ": does not begin as gzip: a name ending in .gz promises a compressed file; rename it to"
            + " .nii if it is plain NIfTI, else copy or download it again");
  }

  @Test
  void refuses_what_is_not_NIfTI() {
    assertRefused(
        file("scan.nii", "x".repeat(400).getBytes(StandardCharsets.US_ASCII)),
        ": begins with the number 2021161080: a NIfTI header begins with its length, 348 or 540;"
            + " convert the scan to NIfTI, for example with dcm2niix");
  }

  @Test
  void refuses_Analyze_whose_header_has_no_magic() {
    assertRefused(
        NiftiSamples.sample("nibabel-analyze.hdr"),
        ": magic \"???\" in the header: must be \"n+1\"; convert the scan to NIfTI, for example"
            + " with dcm2niix");
  }

  @Test
  void refuses_the_header_of_a_pair() {
    assertRefused(
        NiftiSamples.sample("nibabel-nifti1.hdr"),
        ": magic \"ni1\" means a header whose voxels lie in a second file: only single files are"
            + " read; convert the pair to one .nii.gz file");
  }

  @Test
  void refuses_a_series_of_volumes() {
    assertRefused(
        NiftiSamples.sample("nibabel-functional.nii"),
        ": holds 17×21×3×20 values: must be one volume of three axes; save one volume of the"
            + " series as its own file");
  }

  @Test
  void refuses_a_flat_picture() {
    assertRefused(
        changed(h -> h.putShort(40, (short) 2)),
        ": header has 2 axes: a volume has 3, or more where the others have length 1; check dim[0]"
            + " in the header");
  }

  @Test
  void refuses_axes_that_overflow() {
    assertRefused(
        changed(
            h -> {
              h.putShort(42, (short) 32767);
              h.putShort(44, (short) 32767);
              h.putShort(46, (short) 32767);
            }),
        ": header promises 32767×32767×32767 voxels: each axis needs at least one and all together"
            + " at most 2,147,483,639; check dim in the header");
  }

  @Test
  void refuses_an_axis_without_voxels() {
    assertRefused(
        changed(h -> h.putShort(44, (short) -4)),
        ": header promises 5×-4×3 voxels: each axis needs at least one and all together at most"
            + " 2,147,483,639; check dim in the header");
  }

  @Test
  void refuses_a_gzip_too_small_for_what_its_header_promises() {
    byte[] bytes = sound();
    var header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    header.putShort(42, (short) 1000).putShort(44, (short) 1000).putShort(46, (short) 500);
    byte[] zipped = gzip(bytes);
    assertRefused(
        file("scan.nii.gz", zipped),
        ": holds "
            + zipped.length
            + " compressed bytes, too few for the 1000×1000×500 voxels of int16 from byte 352 on"
            + " that its header promises; copy or download the file again");
  }

  @Test
  void refuses_colours_and_complex_numbers() {
    assertRefused(
        changed(h -> h.putShort(70, (short) 128)),
        ": datatype 128 in the header: must be one of uint8, int16, int32, float32, float64, int8,"
            + " uint16, uint32, int64, uint64; convert the file to int16 or float32");
  }

  @Test
  void refuses_voxels_inside_the_header() {
    assertRefused(
        changed(h -> h.putFloat(108, 0)),
        ": voxels at byte 0.0: must be a whole number from 352 on; check vox_offset in the header");
  }

  @Test
  void refuses_an_intercept_that_is_no_number() {
    assertRefused(
        changed(h -> h.putFloat(112, 2).putFloat(116, Float.NaN)),
        ": scl_inter NaN in the header: must be finite where scl_slope is set; set it to 0");
  }

  @Test
  void refuses_a_spacing_of_zero() {
    Path file = changed(h -> h.putShort(254, (short) 0).putShort(252, (short) 1).putFloat(88, 0));
    assertThatThrownBy(() -> Nifti.readVolume(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "voxel spacing 0.0 mm along z in "
                + file
                + ": must be positive and finite; check pixdim and srow in the header");
  }

  @Test
  void refuses_a_place_that_is_no_number() {
    Path file = changed(h -> h.putFloat(292, Float.NaN));
    assertThatThrownBy(() -> Nifti.readVolume(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "origin (NaN, -20.25, 30.0) mm in "
                + file
                + ": must be finite; check qoffset and srow in the header");
  }

  @Test
  void refuses_a_quaternion_longer_than_one() {
    assertRefused(
        changed(
            h -> {
              h.putShort(254, (short) 0).putShort(252, (short) 1);
              h.putFloat(256, 1).putFloat(260, 0.5f).putFloat(264, 0);
            }),
        ": quaternion (1.0, 0.5, 0.0) of qform is longer than 1; check quatern_b, quatern_c,"
            + " quatern_d in the header");
  }

  @Test
  void refuses_labels_that_are_no_small_whole_numbers() {
    Path file = folder.resolve("labels.nii");
    var geometry = Geometry.of(3, 2, 2, new Spacing(1, 1, 1));
    for (float wrong : new float[] {0.5f, -1, 128, Float.NaN}) {
      float[] values = new float[12];
      values[10] = wrong;
      Nifti.write(file, new Volume(geometry, values));
      assertThatThrownBy(() -> Nifti.readMask(file))
          .isInstanceOf(UserError.class)
          .hasMessage(
              file
                  + ": label "
                  + (double) wrong
                  + " at voxel (1, 1, 1): must be a whole number from 0 to 127; check that the file"
                  + " holds labels");
    }
  }
}
