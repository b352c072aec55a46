package org.maskmine.network;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.maskmine.Digest;
import org.maskmine.UserError;

/** The JSON header of a safetensors file: entries in the order of their bytes, without gaps. */
record SafetensorsHeader(List<Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String FLOAT32 = "F32";
  private static final String CHECKSUM = "crc32c";

  /** One array and its place in the bytes after the header. */
  record Entry(String name, int[] shape, long begin, long end) {}

  long dataBytes() {
    return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).end();
  }

  /** The same with a checksum among its metadata. */
  SafetensorsHeader sealed(CRC32C crc) {
    Map<String, String> more = new TreeMap<>(metadata);
    more.put(CHECKSUM, Digest.checksum(crc));
    return new SafetensorsHeader(entries, more);
  }

  /** The same without a checksum. */
  SafetensorsHeader unsealed() {
    Map<String, String> fewer = new TreeMap<>(metadata);
    fewer.remove(CHECKSUM);
    return new SafetensorsHeader(entries, fewer);
  }

  /** A checksum over this header, which goes on with the numbers. */
  CRC32C checksum() {
    var crc = new CRC32C();
    crc.update(json());
    return crc;
  }

  /** Whether a checksum is this header's; files of other tools and earlier versions have none. */
  boolean fits(CRC32C crc) {
    String own = metadata.get(CHECKSUM);
    return own == null || own.equals(Digest.checksum(crc));
  }

  /** UTF-8, filled with blanks to a multiple of eight bytes, as the format advises. */
  byte[] json() {
    var json = new JsonObject();
    if (!metadata.isEmpty()) {
      json.add(METADATA, new Gson().toJsonTree(new TreeMap<>(metadata)));
    }
    for (Entry entry : entries) {
      var array = new JsonObject();
      array.addProperty("dtype", FLOAT32);
      array.add("shape", numbers(Arrays.stream(entry.shape()).asLongStream().toArray()));
      array.add("data_offsets", numbers(entry.begin(), entry.end()));
      json.add(entry.name(), array);
    }
    byte[] utf8 = json.toString().getBytes(StandardCharsets.UTF_8);
    byte[] filled = Arrays.copyOf(utf8, (utf8.length + 7) / 8 * 8);
    Arrays.fill(filled, utf8.length, filled.length, (byte) ' ');
    return filled;
  }

  private static JsonArray numbers(long... values) {
    var array = new JsonArray();
    for (long value : values) {
      array.add(value);
    }
    return array;
  }

  static SafetensorsHeader parse(String json, Path file) {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (var reader = new JsonReader(new StringReader(json))) {
      reader.beginObject();
      while (reader.hasNext()) {
        String name = reader.nextName();
        if (!names.add(name)) {
          throw Safetensors.damaged(file, "holds " + name + " twice");
        }
        if (name.equals(METADATA)) {
          readMetadata(reader, metadata);
        } else {
          entries.add(readEntry(reader, name, file));
        }
      }
      reader.endObject();
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("more after the header");
      }
    } catch (MalformedJsonException
        | JsonParseException
        | EOFException
        | IllegalStateException
        | NumberFormatException e) {
      throw Safetensors.damaged(file, "has an unreadable header", e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkOrder(entries, file);
    return new SafetensorsHeader(entries, metadata);
  }

  private static void readMetadata(JsonReader reader, Map<String, String> metadata)
      throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      metadata.put(reader.nextName(), reader.nextString());
    }
    reader.endObject();
  }

  private static Entry readEntry(JsonReader reader, String name, Path file) throws IOException {
    String type = "";
    long[] shape = null;
    long[] offsets = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.nextName()) {
        case "dtype" -> type = reader.nextString();
        case "shape" -> shape = readNumbers(reader);
        case "data_offsets" -> offsets = readNumbers(reader);
        default -> reader.skipValue();
      }
    }
    reader.endObject();
    if (!type.equals(FLOAT32)) {
      throw new UserError(
          file
              + " holds "
              + name
              + " as "
              + type
              + ": weights are float32 (F32); convert the file before reading it");
    }
    if (shape == null || offsets == null || offsets.length != 2) {
      throw Safetensors.damaged(file, "does not say where " + name + " lies");
    }
    return checked(new Entry(name, lengths(shape, name, file), offsets[0], offsets[1]), file);
  }

  private static long[] readNumbers(JsonReader reader) throws IOException {
    var numbers = new ArrayList<Long>();
    reader.beginArray();
    while (reader.hasNext()) {
      numbers.add(reader.nextLong());
    }
    reader.endArray();
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  private static int[] lengths(long[] shape, String name, Path file) {
    if (Arrays.stream(shape).anyMatch(s -> s < 0 || s > Integer.MAX_VALUE)) {
      throw Safetensors.damaged(file, "gives " + name + " the shape " + Arrays.toString(shape));
    }
    return Arrays.stream(shape).mapToInt(s -> (int) s).toArray();
  }

  private static Entry checked(Entry entry, Path file) {
    long numbers = 1;
    for (int s : entry.shape()) {
      numbers *= s;
      if (numbers > Integer.MAX_VALUE) {
        throw Safetensors.damaged(
            file, "gives " + entry.name() + " the shape " + Arrays.toString(entry.shape()));
      }
    }
    if (entry.begin() < 0 || entry.end() - entry.begin() != 4 * numbers) {
      throw Safetensors.damaged(
          file,
          "gives "
              + entry.name()
              + " "
              + Arrays.toString(entry.shape())
              + " the bytes "
              + entry.begin()
              + " to "
              + entry.end());
    }
    return entry;
  }

  private static void checkOrder(List<Entry> entries, Path file) {
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw Safetensors.damaged(file, "has a gap or an overlap before " + entry.name());
      }
      end = entry.end();
    }
  }
}
