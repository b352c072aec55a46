package org.maskmine.dsl.view;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import org.jfree.chart.JFreeChart;
import tech.tablesaw.api.Table;

/** Makes a view of any value. */
public final class Views {
  private Views() {}

  /**
   * How a value is shown: by itself where it is {@link Viewable}, by its type where known (tables,
   * charts, images, collections, maps, arrays), else as text.
   */
  public static View of(Object value) {
    if (value instanceof Viewable viewable) {
      return viewable.view();
    }
    if (value instanceof View view) {
      return view;
    }
    if (value instanceof Table table) {
      return Tables.grid(table).view();
    }
    if (value instanceof JFreeChart chart) {
      return new PlainChart(chart).view();
    }
    if (value instanceof BufferedImage image) {
      return Images.view(image);
    }
    if (value instanceof Map<?, ?> map) {
      return Collections.view(map);
    }
    if (value instanceof Collection<?> collection) {
      return Collections.view(collection);
    }
    return value.getClass().isArray() ? Collections.view(value) : View.text(String.valueOf(value));
  }

  /**
   * Views below one another as one. Strings are paragraphs, anything else is shown as {@link #of}
   * does.
   */
  public static View stack(Object... parts) {
    var html = new StringBuilder("<div class=\"maskmine\">");
    var text = new StringJoiner("\n\n");
    for (Object part : parts) {
      if (part instanceof String words) {
        html.append("<p>").append(Html.escape(words)).append("</p>");
        text.add(words);
      } else {
        View view = part instanceof Figure figure ? vector(figure) : of(part);
        html.append(html(view));
        text.add(text(view));
      }
    }
    return View.html(html.append("</div>").toString(), text.toString());
  }

  /**
   * A heading and a sentence beside a coloured edge.
   *
   * @param color of the edge, as CSS writes it
   */
  public static View card(String color, String heading, String sentence) {
    return View.html(
        "<div class=\"maskmine\" style=\"border-left:5px solid "
            + color
            + ";padding:2px 0 2px 12px\"><b>"
            + Html.escape(heading)
            + "</b>: "
            + Html.escape(sentence)
            + "</div>",
        heading + ": " + sentence);
  }

  /** Without the pixels, which nobody would see within a page. */
  private static View vector(Figure figure) {
    return new View(Map.of("image/svg+xml", Drawing.svg(figure), "text/plain", figure.alt()));
  }

  private static String text(View view) {
    return view.content().getOrDefault("text/plain", "");
  }

  static String html(View view) {
    Map<String, String> content = view.content();
    String html = content.get("text/html");
    if (html != null) {
      return html;
    }
    String svg = content.get("image/svg+xml");
    if (svg != null) {
      byte[] bytes = svg.getBytes(StandardCharsets.UTF_8);
      return image("image/svg+xml", Base64.getEncoder().encodeToString(bytes), text(view));
    }
    String png = content.get("image/png");
    return png == null
        ? "<pre>" + Html.escape(text(view)) + "</pre>"
        : image("image/png", png, text(view));
  }

  private static String image(String type, String base64, String alt) {
    return "<p><img style=\"max-width:100%\" alt=\""
        + Html.escape(alt)
        + "\" src=\"data:"
        + type
        + ";base64,"
        + base64
        + "\"></p>";
  }
}
