package org.maskmine.data;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.maskmine.UserError;

/**
 * Label values from their names in a {@code dataset.json}: {@code {"1": "liver", "2": "cancer"}} as
 * the Decathlon writes it, {@code {"liver": 1, "tumour": 2}} or {@code {"liver": [1, 2]}} as
 * nnU-Net does.
 */
final class LabelNames {
  private static final Pattern LESION =
      Pattern.compile("lesion|tumou?r|cancer|carcinoma|metasta|\\bhcc\\b");
  private static final Pattern LIVER = Pattern.compile("liver|hepar");
  private static final Pattern VESSEL = Pattern.compile("vessel|vein|duct|artery");

  /** Of a message, which a page of names would hide. */
  private static final int MOST_NAMES = 20;

  private static final int MOST_LETTERS = 40;

  private LabelNames() {}

  /**
   * What the values mean; names that are neither liver nor lesion are background.
   *
   * @throws UserError where no name is the liver
   */
  static LabelMap map(JsonObject labels, Path file) {
    Map<String, List<Integer>> names = names(labels);
    Set<Integer> liver = new LinkedHashSet<>();
    Set<Integer> lesion = new LinkedHashSet<>();
    names.forEach(
        (name, values) -> {
          String lower = name.toLowerCase(Locale.ROOT).replace('_', ' ');
          if (LESION.matcher(lower).find()) {
            lesion.addAll(values);
          } else if (LIVER.matcher(lower).find() && !VESSEL.matcher(lower).find()) {
            liver.addAll(values);
          }
        });
    // A region "liver": [1, 2] holds its lesions, too.
    liver.removeAll(lesion);
    if (liver.isEmpty()) {
      throw new UserError(
          file
              + ": labels "
              + shown(names.keySet())
              + ": none is called liver; name its value: load(…, labels(liver(1), lesion(2)))");
    }
    boolean all =
        names.values().stream()
            .flatMap(List::stream)
            .allMatch(v -> v == 0 || liver.contains(v) || lesion.contains(v));
    try {
      return new LabelMap(List.copyOf(liver), List.copyOf(lesion), all);
    } catch (UserError e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }

  /** The first names, cut where they are long. */
  private static String shown(Set<String> names) {
    String first =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> name.replaceAll("\\p{Cntrl}", " "))
            .map(name -> name.length() > MOST_LETTERS ? name.substring(0, MOST_LETTERS) : name)
            .collect(Collectors.joining(", "));
    return names.size() > MOST_NAMES ? first + " …" : first;
  }

  private static Map<String, List<Integer>> names(JsonObject labels) {
    Map<String, List<Integer>> names = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : labels.entrySet()) {
      JsonElement value = entry.getValue();
      boolean named = value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
      if (named) {
        names.put(value.getAsString(), List.of(number(new JsonPrimitive(entry.getKey()))));
      } else {
        names.put(entry.getKey(), numbers(value));
      }
    }
    return names;
  }

  private static List<Integer> numbers(JsonElement value) {
    if (!value.isJsonArray()) {
      return List.of(number(value));
    }
    List<Integer> out = new ArrayList<>();
    JsonArray array = value.getAsJsonArray();
    array.forEach(v -> out.add(number(v)));
    return out;
  }

  /** Whole, and not far from what a label may be: 1.5 is none, and 1e99 would take long. */
  private static int number(JsonElement value) {
    String digits = value.getAsString();
    if (!digits.matches("-?\\d{1,9}")) {
      throw new JsonParseException("label value " + digits);
    }
    return Integer.parseInt(digits);
  }
}
