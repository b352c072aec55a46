package org.maskmine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maskmine.UserError;
import org.maskmine.volume.Geometry;
import org.maskmine.volume.Mask;
import org.maskmine.volume.Mutation;
import org.maskmine.volume.Volume;

class PreparedCacheTest {
  private static final HuWindow WINDOW = new HuWindow(-100, 400);

  /** Two bytes for the image and for the weights of each structure, one for the label. */
  private static final int BYTES_PER_VOXEL = 7;

  @TempDir Path folder;

  private PreparedCache cache() {
    return new PreparedCache(folder.resolve("prepared"));
  }

  private static Case phantom() {
    return TinyPhantom.load().cases().get(0);
  }

  private static PreparedCase open(PreparedCache cache, Case c) {
    return cache.open(c, WINDOW, 2);
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(folder.resolve("prepared"))) {
      return all.toList();
    }
  }

  private static void assertSame(PreparedCase found, PreparedCase expected) {
    Geometry grid = expected.geometry();
    var box = new Box(-2, 3, grid.nx(), grid.ny());
    Cut cut = Cut.of(grid, box, AxialTransform.of(true, false, 7, 1.1));
    float[] one = new float[grid.voxels()];
    float[] other = new float[grid.voxels()];
    found.image(cut, 0, grid.nz(), one, 0);
    expected.image(cut, 0, grid.nz(), other, 0);
    assertThat(one).isEqualTo(other);
    for (Structure s : Structure.values()) {
      assertThat(found.truth(s)).isEqualTo(expected.truth(s));
      found.pixelWeights(s, cut, 0, grid.nz(), one, 0);
      expected.pixelWeights(s, cut, 0, grid.nz(), other, 0);
      assertThat(one).isEqualTo(other);
      for (int z = 0; z < grid.nz(); z++) {
        assertThat(found.voxels(s, z)).isEqualTo(expected.voxels(s, z));
      }
    }
  }

  @Test
  void a_case_from_the_cache_equals_one_prepared_in_memory() {
    assertSame(open(cache(), phantom()), PreparedCase.of(phantom(), WINDOW, 2));
    assertSame(cache().open(phantom(), WINDOW, 3), PreparedCase.of(phantom(), WINDOW, 3));
  }

  @Test
  void a_case_is_prepared_once_and_its_image_is_not_read_again() {
    open(cache(), phantom());
    Case unreadable =
        new Case() {
          @Override
          public String id() {
            return phantom().id();
          }

          @Override
          public String content() {
            return phantom().content();
          }

          @Override
          public Geometry geometry() {
            return phantom().geometry();
          }

          @Override
          public Volume image() {
            throw new AssertionError("read again");
          }

          @Override
          public Optional<Mask> labels() {
            throw new AssertionError("read again");
          }
        };
    assertSame(open(cache(), unreadable), PreparedCase.of(phantom(), WINDOW, 2));
  }

  @Test
  void other_content_and_other_settings_get_files_of_their_own() {
    PreparedCache cache = cache();
    open(cache, phantom());
    assertThat(cache.cases()).isEqualTo(1);
    cache.open(TinyPhantom.load().cases().get(1), WINDOW, 2);
    cache.open(phantom(), new HuWindow(-100, 600), 2);
    cache.open(phantom(), new HuWindow(-100, 400, 0.5, 0.1), 2);
    cache.open(phantom(), WINDOW, 3);
    assertThat(cache.cases()).isEqualTo(5);
  }

  @Test
  void a_damaged_file_is_made_again() throws IOException {
    open(cache(), phantom());
    Path file = files().get(0);
    byte[] sound = Files.readAllBytes(file);
    for (int n = 0; n < 12; n++) {
      var random = new SplittableRandom(n);
      byte[] damaged = n % 2 == 0 ? Mutation.cut(random, sound) : Mutation.flipped(random, sound);
      Files.write(file, damaged);
      // A process that has read the file before does not look again where nothing was written.
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000 * n));
      assertSame(open(cache(), phantom()), PreparedCase.of(phantom(), WINDOW, 2));
      assertThat(files()).containsExactly(file);
      assertThat(Files.readAllBytes(file)).isEqualTo(sound);
    }
  }

  @Test
  void the_size_is_reported_and_one_call_clears_the_cache() throws IOException {
    PreparedCache cache = cache();
    assertThat(cache.bytes()).isZero();
    PreparedCase before = open(cache, phantom());
    Geometry grid = phantom().geometry();
    assertThat(cache.bytes()).isEqualTo(grid.voxels() * BYTES_PER_VOXEL + grid.nz() * 8 + 4);
    Files.createFile(folder.resolve("prepared/left-by-a-killed-process.part"));
    Path foreign = Files.createFile(folder.resolve("prepared/notes.txt"));
    cache.clear();
    assertThat(cache.bytes()).isZero();
    assertThat(files()).containsExactly(foreign);
    assertSame(before, PreparedCase.of(phantom(), WINDOW, 2));
  }

  @Test
  void several_at_once_may_prepare_the_same_case() {
    List<PreparedCase> all =
        IntStream.range(0, 8).parallel().mapToObj(i -> open(cache(), phantom())).toList();
    PreparedCase expected = PreparedCase.of(phantom(), WINDOW, 2);
    all.forEach(found -> assertSame(found, expected));
    assertThat(cache().cases()).isEqualTo(1);
  }

  /** A kernel that prepares a case, looks at it and empties the cache, over and over. */
  static final class OtherKernel {
    private OtherKernel() {}

    public static void main(String[] args) {
      var cache = new PreparedCache(Path.of(args[0]));
      PreparedCase expected = PreparedCase.of(phantom(), WINDOW, 2);
      for (int i = 0; i < 60; i++) {
        assertSame(open(cache, phantom()), expected);
        cache.clear();
      }
      System.out.println("done");
    }
  }

  @Test
  void kernels_may_prepare_the_same_case_while_others_empty_the_cache() throws Exception {
    List<Process> kernels = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      kernels.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherKernel.class.getName(),
                  folder.resolve("prepared").toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("said-" + i).toFile())
              .start());
    }
    try {
      for (int i = 0; i < kernels.size(); i++) {
        assertThat(kernels.get(i).waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(folder.resolve("said-" + i)).content().endsWith("done" + System.lineSeparator());
      }
    } finally {
      for (Process kernel : kernels) {
        kernel.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void a_case_without_labels_is_refused_and_leaves_nothing() throws IOException {
    Case unlabelled = new TinyCase("test-volume-1", phantom().image(), null);
    assertThatThrownBy(() -> open(cache(), unlabelled))
        .isInstanceOf(UserError.class)
        .hasMessage("case test-volume-1: has no labels to compare with; add its segmentation");
    assertThat(files()).isEmpty();
  }

  @Test
  void a_folder_that_cannot_be_made_is_a_sentence() throws IOException {
    Files.createFile(folder.resolve("prepared"));
    assertThatThrownBy(() -> open(cache(), phantom()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("prepared")
                + ": prepared cases cannot be kept here ("
                + folder.resolve("prepared")
                + "); free space, or set MASKMINE_HOME to a folder on a larger disk");
  }

  @Test
  void voxels_can_be_kept_out_of_the_heap_and_leave_no_file() throws IOException {
    ByteBuffer kept = cache().keep(new byte[] {3, 1, 2});
    assertThat(kept.get(0)).isEqualTo((byte) 3);
    assertThat(kept.get(2)).isEqualTo((byte) 2);
    assertThat(files()).isEmpty();
  }
}
