package org.maskmine.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import org.maskmine.volume.Geometry;

/**
 * The arrays of a prepared case, one after the other in a file or apart in memory: per voxel the
 * image, the weights of liver and lesion (unsigned 16-bit) and the label (a byte); then per slice
 * the voxels of liver and lesion (32-bit). Little-endian.
 */
record PreparedArrays(
    ShortBuffer image, ShortBuffer[] weights, ByteBuffer labels, IntBuffer counts) {
  private static final int STRUCTURES = Structure.values().length;

  /** Bytes of all arrays. */
  static long bytes(Geometry grid) {
    return imageBytes(grid) * (1 + STRUCTURES) + grid.voxels() + countBytes(grid);
  }

  private static long imageBytes(Geometry grid) {
    return (long) Short.BYTES * grid.voxels();
  }

  private static long countBytes(Geometry grid) {
    return (long) Integer.BYTES * STRUCTURES * grid.nz();
  }

  /** Arrays of a whole file. */
  static PreparedArrays map(FileChannel file, FileChannel.MapMode mode, Geometry grid)
      throws IOException {
    long at = 0;
    ShortBuffer image = section(file, mode, at, imageBytes(grid)).asShortBuffer();
    var weights = new ShortBuffer[STRUCTURES];
    for (int s = 0; s < STRUCTURES; s++) {
      at += imageBytes(grid);
      weights[s] = section(file, mode, at, imageBytes(grid)).asShortBuffer();
    }
    at += imageBytes(grid);
    ByteBuffer labels = section(file, mode, at, grid.voxels());
    at += grid.voxels();
    IntBuffer counts = section(file, mode, at, countBytes(grid)).asIntBuffer();
    return new PreparedArrays(image, weights, labels, counts);
  }

  private static ByteBuffer section(FileChannel file, FileChannel.MapMode mode, long at, long bytes)
      throws IOException {
    return file.map(mode, at, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Arrays in memory, without weights. */
  static PreparedArrays allocate(Geometry grid, boolean labelled) {
    return new PreparedArrays(
        ShortBuffer.allocate(grid.voxels()),
        new ShortBuffer[STRUCTURES],
        ByteBuffer.allocate(labelled ? grid.voxels() : 0),
        IntBuffer.allocate(STRUCTURES * grid.nz()));
  }
}
