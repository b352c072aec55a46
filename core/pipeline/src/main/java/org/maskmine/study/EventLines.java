package org.maskmine.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.Optional;

/** Events as lines of JSON: their fields, and the record's name. */
final class EventLines {
  private static final String KIND = "event";
  private static final Gson GSON =
      new GsonBuilder().serializeSpecialFloatingPointValues().disableHtmlEscaping().create();

  private EventLines() {}

  static String write(StudyEvent event) {
    JsonObject json = GSON.toJsonTree(event).getAsJsonObject();
    json.addProperty(KIND, event.getClass().getSimpleName());
    return GSON.toJson(json);
  }

  static Optional<StudyEvent> read(String line) {
    if (!line.startsWith("{")) {
      return Optional.empty();
    }
    try {
      JsonObject json = GSON.fromJson(line, JsonObject.class);
      String kind = json.has(KIND) ? json.get(KIND).getAsString() : "";
      for (Class<?> type : StudyEvent.class.getPermittedSubclasses()) {
        if (type.getSimpleName().equals(kind)) {
          return Optional.of((StudyEvent) GSON.fromJson(json, type));
        }
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      // Somebody else's line.
      return Optional.empty();
    }
  }
}
