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
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.engine.Loss;

/** Records as JSON files, written whole or not at all. */
final class Json {
  private static final Gson GSON =
      new GsonBuilder()
          .setPrettyPrinting()
          .serializeSpecialFloatingPointValues()
          .disableHtmlEscaping()
          .registerTypeHierarchyAdapter(Loss.class, new LossAdapter())
          .create();

  private Json() {}

  static String text(Object value) {
    return GSON.toJson(value);
  }

  static void write(Path file, Object value) {
    Atomic.write(file, text(value));
  }

  static <T> T read(Path file, Class<T> type) {
    try {
      return parse(Files.readString(file), type, file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Parses text that stood in a file. */
  static <T> T parse(@Nullable String text, Class<T> type, Path file) {
    try {
      T value = GSON.fromJson(text, type);
      if (value == null) {
        throw new JsonParseException("nothing in it");
      }
      return value;
    } catch (JsonParseException e) {
      throw unreadable(file, e);
    }
  }

  private static UserError unreadable(Path file, Exception e) {
    return new UserError(
        file + ": cannot be read (" + e.getMessage() + "); delete its folder and train again", e);
  }

  /** A loss as its fields and its kind, the record's name. */
  private static final class LossAdapter implements JsonSerializer<Loss>, JsonDeserializer<Loss> {
    private static final Gson PLAIN = new Gson();

    @Override
    public JsonElement serialize(Loss loss, Type type, JsonSerializationContext context) {
      JsonObject fields = PLAIN.toJsonTree(loss).getAsJsonObject();
      fields.addProperty("kind", loss.getClass().getSimpleName());
      return fields;
    }

    @Override
    public Loss deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
      String kind = json.getAsJsonObject().get("kind").getAsString();
      for (Class<?> loss : Loss.class.getPermittedSubclasses()) {
        if (loss.getSimpleName().equals(kind)) {
          return (Loss) PLAIN.fromJson(json, loss);
        }
      }
      throw new JsonParseException("no loss is called " + kind);
    }
  }
}
