package org.maskmine.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import org.maskmine.volume.Geometry;

/**
 * The arrays of a prepared case, in memory or mapped from a file, where they lie one after the
 * other, little-endian: per voxel the image, the weights of liver and lesion (unsigned 16-bit) and
 * the label (a byte); then per slice the voxels of liver and lesion (32-bit).
 */
record PreparedArrays(
    ShortBuffer image, ShortBuffer[] weights, ByteBuffer labels, IntBuffer counts) {
  private static final int STRUCTURES = Structure.values().length;

  /** Bytes of a file. */
  static long bytes(Geometry grid) {
    return sectionBytes(grid) * (1 + STRUCTURES) + grid.voxels() + countBytes(grid);
  }

  private static long sectionBytes(Geometry grid) {
    return (long) Short.BYTES * grid.voxels();
  }

  private static long countBytes(Geometry grid) {
    return (long) Integer.BYTES * STRUCTURES * grid.nz();
  }

  /** Arrays in memory, without weights. */
  static PreparedArrays allocate(Geometry grid, boolean labelled) {
    return new PreparedArrays(
        ShortBuffer.allocate(grid.voxels()),
        new ShortBuffer[STRUCTURES],
        ByteBuffer.allocate(labelled ? grid.voxels() : 0),
        IntBuffer.allocate(STRUCTURES * grid.nz()));
  }

  /** Arrays of a file, to be read alone. */
  static PreparedArrays map(FileChannel file, Geometry grid) throws IOException {
    long section = sectionBytes(grid);
    var weights = new ShortBuffer[STRUCTURES];
    for (int s = 0; s < STRUCTURES; s++) {
      weights[s] = map(file, section * (1 + s), section).asShortBuffer();
    }
    long labels = section * (1 + STRUCTURES);
    return new PreparedArrays(
        map(file, 0, section).asShortBuffer(),
        weights,
        map(file, labels, grid.voxels()),
        map(file, labels + grid.voxels(), countBytes(grid)).asIntBuffer());
  }

  private static ByteBuffer map(FileChannel file, long at, long bytes) throws IOException {
    return file.map(FileChannel.MapMode.READ_ONLY, at, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Writes everything but the weights, the file's last byte included. */
  void write(FileChannel file, Geometry grid) throws IOException {
    write(file, 0, image, grid);
    long at = sectionBytes(grid) * (1 + STRUCTURES);
    int n = grid.nx() * grid.ny();
    for (int z = 0; z < grid.nz(); z++) {
      write(file, at + (long) z * n, labels.slice(z * n, n));
    }
    ByteBuffer last = little((int) countBytes(grid));
    last.asIntBuffer().put(counts.duplicate());
    while (last.hasRemaining()) {
      file.write(last, at + grid.voxels() + last.position());
    }
  }

  /** Writes the weights of one structure. */
  static void writeWeights(FileChannel file, Structure structure, ShortBuffer codes, Geometry grid)
      throws IOException {
    write(file, sectionBytes(grid) * (1 + structure.ordinal()), codes, grid);
  }

  private static void write(FileChannel file, long at, ShortBuffer codes, Geometry grid)
      throws IOException {
    int n = grid.nx() * grid.ny();
    ByteBuffer slice = little(Short.BYTES * n);
    for (int z = 0; z < grid.nz(); z++) {
      slice.clear().asShortBuffer().put(codes.slice(z * n, n));
      write(file, at + (long) z * slice.capacity(), slice);
    }
  }

  /** A slice of zeros stays a hole in the file, which reads as zeros and takes no room. */
  private static void write(FileChannel file, long at, ByteBuffer slice) throws IOException {
    if (slice.mismatch(ByteBuffer.allocate(slice.remaining())) < 0) {
      return;
    }
    int first = slice.position();
    while (slice.hasRemaining()) {
      file.write(slice, at + slice.position() - first);
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
