package org.maskmine.dsl.view;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value as it is shown: MIME type → content, best first. Text types hold text, {@code image/png}
 * holds Base64. Every view has {@code text/plain}.
 */
public record View(Map<String, String> content) {
  /** Copies the map, keeping its order. */
  public View {
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    if (!content.containsKey("text/plain")) {
      throw new IllegalArgumentException("a view needs text/plain; it has " + content.keySet());
    }
  }

  /** Plain text alone. */
  public static View text(String text) {
    return new View(Map.of("text/plain", text));
  }

  /** HTML with plain text for front ends that show none. */
  public static View html(String html, String text) {
    var content = new LinkedHashMap<String, String>();
    content.put("text/html", html);
    content.put("text/plain", text);
    return new View(content);
  }
}
