package org.maskmine.training;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.maskmine.DiskTrouble;
import org.maskmine.SealedText;
import org.maskmine.UserError;
import org.maskmine.WholeFile;
import org.maskmine.engine.Loss;
import org.maskmine.network.Architecture;
import org.maskmine.network.Node;
import org.maskmine.network.OwnNetwork;
import org.maskmine.network.UNet;

/** Records as JSON files with a checksum, written whole or not at all. */
public final class Json {
  /** Scores of thousands of cases are far smaller. */
  private static final long MOST_BYTES = 256L << 20;

  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .serializeSpecialFloatingPointValues()
          .disableHtmlEscaping()
          .registerTypeHierarchyAdapter(Loss.class, new KindAdapter<>(Loss.class, "loss"))
          .registerTypeHierarchyAdapter(Node.class, new KindAdapter<>(Node.class, "node"))
          .registerTypeAdapter(Architecture.class, new ArchitectureAdapter())
          .create();

  private Json() {}

  /** A record, on several lines. */
  public static String text(Object value) {
    return GSON.toJson(value);
  }

  /** What {@link #text} has written. */
  public static <T> T parse(String text, Class<T> type) {
    return whole(GSON.fromJson(text, type));
  }

  static JsonElement tree(Object value) {
    return GSON.toJsonTree(value);
  }

  /**
   * Writes a file.
   *
   * @throws UserError where the disk does not take it
   */
  public static void write(Path file, Object value) {
    try {
      WholeFile.write(file, SealedText.seal(text(value)));
    } catch (IOException e) {
      throw DiskTrouble.writing(file, e);
    }
  }

  /**
   * Reads a file.
   *
   * @param remedy what to do where it is damaged
   * @throws UserError where it cannot be read, with the reason and the remedy
   */
  public static <T> T read(Path file, Class<T> type, String remedy) {
    return opened(file, remedy, text -> GSON.fromJson(text, type));
  }

  /** The same, turned into today's form first. */
  static <T> T read(Path file, Class<T> type, String remedy, UnaryOperator<JsonObject> today) {
    return opened(
        file,
        remedy,
        text -> GSON.fromJson(today.apply(whole(GSON.fromJson(text, JsonObject.class))), type));
  }

  private static <T> T opened(Path file, String remedy, Function<String, @Nullable T> parsed) {
    try {
      return whole(parsed.apply(SealedText.open(WholeFile.readText(file, MOST_BYTES))));
    } catch (IOException e) {
      throw unreadable(file, DiskTrouble.words(e), remedy, e);
    } catch (UserError e) {
      throw e;
    } catch (RuntimeException e) {
      // Values of the wrong kind, and records that refuse them.
      throw unreadable(file, words(e), remedy, e);
    }
  }

  /** Parses text that stood in a file. */
  static <T> T parse(@Nullable String text, Class<T> type, Path file, String remedy) {
    try {
      return whole(GSON.fromJson(text, type));
    } catch (RuntimeException e) {
      throw unreadable(file, words(e), remedy, e);
    }
  }

  private static <T> T whole(@Nullable T value) {
    if (value == null) {
      throw new JsonParseException("nothing in it");
    }
    return value;
  }

  private static String words(RuntimeException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage()).lines().findFirst().orElse("");
  }

  private static UserError unreadable(Path file, String why, String remedy, Exception e) {
    return new UserError(file + ": cannot be read (" + why + "); " + remedy, e);
  }

  /** A value of a sealed type as its fields and its kind, the record's name. */
  private record KindAdapter<T>(Class<T> sealed, String noun)
      implements JsonSerializer<T>, JsonDeserializer<T> {
    private static final Gson PLAIN = new Gson();

    @Override
    public JsonElement serialize(T value, Type type, JsonSerializationContext context) {
      JsonObject fields = PLAIN.toJsonTree(value).getAsJsonObject();
      fields.addProperty("kind", value.getClass().getSimpleName());
      return fields;
    }

    @Override
    public T deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
      String kind = json.getAsJsonObject().get("kind").getAsString();
      for (Class<?> permitted : sealed.getPermittedSubclasses()) {
        if (permitted.getSimpleName().equals(kind)) {
          return sealed.cast(PLAIN.fromJson(json, permitted));
        }
      }
      throw new JsonParseException("no " + noun + " is called " + kind);
    }
  }

  /** A U-Net as its settings, as it always stood in files; a graph of one's own with its nodes. */
  private static final class ArchitectureAdapter
      implements JsonSerializer<Architecture>, JsonDeserializer<Architecture> {
    @Override
    public JsonElement serialize(Architecture network, Type type, JsonSerializationContext gson) {
      return gson.serialize(network, network.getClass());
    }

    @Override
    public Architecture deserialize(JsonElement json, Type type, JsonDeserializationContext gson) {
      boolean own = json.getAsJsonObject().has("graph");
      return gson.deserialize(json, own ? OwnNetwork.class : UNet.class);
    }
  }
}
