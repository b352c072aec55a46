package org.maskmine.volume;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.maskmine.UserError;

/** Reads one NIfTI file as a stream; nothing is allocated before the header proved plausible. */
final class NiftiReader<T> {
  static final Kind<Volume> VOLUME =
      (geometry, file) -> new VolumeSink(geometry, new float[geometry.voxels()]);
  static final Kind<Mask> MASK =
      (geometry, file) -> new MaskSink(geometry, new byte[geometry.voxels()], file);

  private static final int CHUNK_VOXELS = 1 << 15;

  /** DEFLATE cannot shrink anything further than this (zlib's technical details). */
  private static final long BEST_COMPRESSION = 1032;

  private final Path path;
  private final String file;
  private final Kind<T> kind;

  private NiftiReader(Path path, Kind<T> kind) {
    this.path = path;
    this.file = path.toString();
    this.kind = kind;
  }

  /** What the numbers become. */
  interface Kind<T> {
    Sink<T> open(Geometry geometry, String file);
  }

  /** Takes the file's values in order. */
  interface Sink<T> {
    void take(double[] values, int first, int count);

    T finish();
  }

  static <T> T read(Path path, Kind<T> kind) {
    return new NiftiReader<>(path, kind).read();
  }

  private T read() {
    checkFile();
    try (var raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      boolean gzip = isGzip(raw);
      try (InputStream in = gzip ? new GZIPInputStream(raw, 1 << 16) : raw) {
        NiftiHeader header = NiftiHeader.read(in, file);
        checkPromise(header, gzip);
        checkMemory(header);
        return voxels(in, header);
      }
    } catch (EOFException e) {
      throw new UserError(
          file + ": ends in the middle: the file is truncated; copy or download it again", e);
    } catch (ZipException e) {
      throw new UserError(
          file
              + ": compressed data are damaged ("
              + e.getMessage()
              + "); copy or download the file again",
          e);
    } catch (AccessDeniedException e) {
      throw new UserError(file + ": may not be read; check the file's permissions", e);
    } catch (IOException e) {
      throw new UserError(
          file + ": cannot be read (" + e.getMessage() + "); check the disk and try again", e);
    }
  }

  private void checkFile() {
    if (Files.isDirectory(path)) {
      throw new UserError(
          file + ": is a folder, not a NIfTI file; name one .nii or .nii.gz file in it");
    }
    if (!Files.exists(path)) {
      throw new UserError(file + ": no such file; check its name and folder");
    }
  }

  private boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    boolean gzip = first == 0x1f && second == 0x8b;
    if (!gzip && file.toLowerCase(Locale.ROOT).endsWith(".gz")) {
      throw new UserError(
          file
              + ": does not begin as gzip: a name ending in .gz promises a compressed file;"
              + " rename it to .nii if it is plain NIfTI, else copy or download it again");
    }
    return gzip;
  }

  private void checkPromise(NiftiHeader header, boolean gzip) throws IOException {
    long size = Files.size(path);
    long most = gzip ? size * BEST_COMPRESSION : size;
    if (header.voxelOffset() + header.voxelBytes() > most) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: holds %,d %sbytes, too few for the %s voxels of %s from byte %,d on that its"
                  + " header promises; copy or download the file again",
              file,
              size,
              gzip ? "compressed " : "",
              header.geometry().size(),
              header.type().label(),
              header.voxelOffset()));
    }
  }

  private void checkMemory(NiftiHeader header) {
    long needed = (long) header.geometry().voxels() * Float.BYTES;
    long most = Runtime.getRuntime().maxMemory();
    if (needed > most) {
      throw new UserError(
          String.format(
              Locale.ROOT,
              "%s: %s voxels need %,d MB of memory, Java has at most %,d MB; start Java with a"
                  + " larger -Xmx",
              file,
              header.geometry().size(),
              needed >> 20,
              most >> 20));
    }
  }

  private T voxels(InputStream in, NiftiHeader header) throws IOException {
    in.skipNBytes(header.voxelOffset() - header.bytes());
    Sink<T> sink = kind.open(header.geometry(), file);
    int bytes = header.type().bytes;
    byte[] chunk = new byte[CHUNK_VOXELS * bytes];
    double[] values = new double[CHUNK_VOXELS];
    int total = header.geometry().voxels();
    int count;
    for (int first = 0; first < total; first += count) {
      count = Math.min(CHUNK_VOXELS, total - first);
      if (in.readNBytes(chunk, 0, count * bytes) < count * bytes) {
        throw new EOFException();
      }
      header.type().decode(ByteBuffer.wrap(chunk).order(header.order()), values, count);
      scale(values, count, header);
      sink.take(values, first, count);
    }
    // The end of a gzip stream holds its checksum, which is compared only when it is reached;
    // damaged data may go on behind the last voxel.
    in.transferTo(OutputStream.nullOutputStream());
    return sink.finish();
  }

  private static void scale(double[] values, int count, NiftiHeader header) {
    if (header.slope() == 1 && header.intercept() == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      values[i] = values[i] * header.slope() + header.intercept();
    }
  }

  private record VolumeSink(Geometry geometry, float[] out) implements Sink<Volume> {
    @Override
    public void take(double[] values, int first, int count) {
      for (int i = 0; i < count; i++) {
        out[first + i] = (float) values[i];
      }
    }

    @Override
    public Volume finish() {
      return new Volume(geometry, out);
    }
  }

  private record MaskSink(Geometry geometry, byte[] out, String file) implements Sink<Mask> {
    @Override
    public void take(double[] values, int first, int count) {
      for (int i = 0; i < count; i++) {
        double label = values[i];
        out[first + i] = (byte) label;
        if (!(label >= 0) || out[first + i] != label) {
          throw new UserError(notALabel(label, first + i));
        }
      }
    }

    private String notALabel(double label, int i) {
      int nx = geometry.nx();
      int ny = geometry.ny();
      return file
          + ": label "
          + label
          + " at voxel ("
          + i % nx
          + ", "
          + i / nx % ny
          + ", "
          + i / nx / ny
          + "): must be a whole number from 0 to 127; check that the file holds labels";
    }

    @Override
    public Mask finish() {
      return new Mask(geometry, out);
    }
  }
}
