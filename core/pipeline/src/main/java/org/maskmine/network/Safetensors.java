package org.maskmine.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.maskmine.UserError;
import org.maskmine.WholeFile;

/**
 * Weights as a safetensors file, which any tool that knows the format opens: eight bytes with the
 * header's length, the header as JSON, then the numbers, all little-endian.
 */
public final class Safetensors {
  private static final int LENGTH_BYTES = 8;
  private static final int MAX_HEADER_BYTES = 100_000_000;
  private static final int CHUNK_BYTES = 1 << 20;

  private Safetensors() {}

  /**
   * What a file holds.
   *
   * @param metadata words about the weights, such as the recipe they come from
   */
  public record Content(Weights weights, Map<String, String> metadata) {
    /** Copies the map. */
    public Content {
      metadata = Map.copyOf(metadata);
    }
  }

  /**
   * Writes a file whole or not at all: a reader sees the old file or the new one, also after a
   * crash. Its metadata hold a checksum over everything.
   */
  public static void write(Path file, Weights weights, Map<String, String> metadata)
      throws IOException {
    WholeFile.writeChannel(file, out -> writeTo(out, weights, metadata));
  }

  /**
   * Reads a file of float32 arrays.
   *
   * @throws UserError where the file is missing, cut short, damaged, or holds other numbers than
   *     float32
   */
  public static Content read(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      SafetensorsHeader header = readHeader(in, file);
      SafetensorsHeader plain = header.unsealed();
      CRC32C crc = plain.checksum();
      Map<String, Weights.Array> arrays = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.entries()) {
        arrays.put(
            entry.name(), new Weights.Array(entry.shape(), readFloats(in, entry, file, crc)));
      }
      if (!header.fits(crc)) {
        throw damaged(file, "does not fit its checksum");
      }
      return new Content(new Weights(arrays), plain.metadata());
    } catch (NoSuchFileException e) {
      throw new UserError(file + ": no such file of weights; check the path", e);
    }
  }

  private static void writeTo(FileChannel out, Weights weights, Map<String, String> metadata)
      throws IOException {
    List<SafetensorsHeader.Entry> entries = new ArrayList<>();
    long end = 0;
    for (var array : weights.arrays().entrySet()) {
      long begin = end;
      end += 4L * array.getValue().values().length;
      entries.add(
          new SafetensorsHeader.Entry(array.getKey(), array.getValue().shape(), begin, end));
    }
    var plain = new SafetensorsHeader(entries, metadata);
    CRC32C crc = plain.checksum();
    for (Weights.Array array : weights.arrays().values()) {
      inChunks(array.values(), crc::update);
    }
    byte[] header = plain.sealed(crc).json();
    ByteBuffer start = little(LENGTH_BYTES + header.length).putLong(header.length).put(header);
    writeFully(out, start.flip());
    for (Weights.Array array : weights.arrays().values()) {
      inChunks(array.values(), chunk -> writeFully(out, chunk));
    }
  }

  /** Takes little-endian numbers as bytes. */
  private interface Taker {
    void take(ByteBuffer chunk) throws IOException;
  }

  private static void inChunks(float[] values, Taker taker) throws IOException {
    ByteBuffer chunk = little(Math.min(CHUNK_BYTES, 4 * Math.max(1, values.length)));
    for (int from = 0; from < values.length; from += chunk.capacity() / 4) {
      int n = Math.min(chunk.capacity() / 4, values.length - from);
      chunk.clear().asFloatBuffer().put(values, from, n);
      taker.take(chunk.limit(4 * n));
    }
  }

  private static void writeFully(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private static SafetensorsHeader readHeader(FileChannel in, Path file) throws IOException {
    long fileBytes = in.size();
    if (fileBytes < LENGTH_BYTES) {
      throw damaged(file, "holds only " + fileBytes + " bytes");
    }
    long headerBytes = readFully(in, 0, LENGTH_BYTES, file).getLong();
    if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES) {
      throw damaged(file, "announces a header of " + headerBytes + " bytes");
    }
    if (LENGTH_BYTES + headerBytes > fileBytes) {
      throw damaged(file, "ends within its header, after " + fileBytes + " bytes");
    }
    ByteBuffer json = readFully(in, LENGTH_BYTES, (int) headerBytes, file);
    SafetensorsHeader header =
        SafetensorsHeader.parse(StandardCharsets.UTF_8.decode(json).toString(), file);
    long dataBytes = fileBytes - LENGTH_BYTES - headerBytes;
    if (header.dataBytes() != dataBytes) {
      throw damaged(
          file,
          "holds " + dataBytes + " bytes of numbers where its header counts " + header.dataBytes());
    }
    in.position(LENGTH_BYTES + headerBytes);
    return header;
  }

  /** Reads on from the channel's position: entries come in the order of their bytes. */
  private static float[] readFloats(
      FileChannel in, SafetensorsHeader.Entry entry, Path file, CRC32C crc) throws IOException {
    float[] values = new float[(int) ((entry.end() - entry.begin()) / 4)];
    int chunk = CHUNK_BYTES / 4;
    for (int from = 0; from < values.length; from += chunk) {
      int n = Math.min(chunk, values.length - from);
      ByteBuffer bytes = readFully(in, in.position(), 4 * n, file);
      in.position(in.position() + 4L * n);
      crc.update(bytes.duplicate());
      bytes.asFloatBuffer().get(values, from, n);
    }
    return values;
  }

  private static ByteBuffer readFully(FileChannel in, long position, int length, Path file)
      throws IOException {
    ByteBuffer bytes = little(length);
    while (bytes.hasRemaining()) {
      if (in.read(bytes, position + bytes.position()) < 0) {
        throw damaged(file, "ends early");
      }
    }
    return bytes.flip();
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static UserError damaged(Path file, String what) {
    return new UserError(damage(file, what));
  }

  static UserError damaged(Path file, String what, Exception cause) {
    return new UserError(damage(file, what), cause);
  }

  private static String damage(Path file, String what) {
    return file
        + " "
        + what
        + ": not a whole safetensors file of float32 arrays; take a copy that is not damaged";
  }
}
