package org.maskmine.kernel.shell;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a documentation comment readable without a browser. */
final class JavadocText {
  private static final Pattern INLINE = Pattern.compile("\\{@(\\w+)\\s*([^{}]*)\\}");
  private static final Pattern BLOCK = Pattern.compile("(?m)^[ \\t]*@(\\w+)\\s*");

  private JavadocText() {}

  static String plain(String comment) {
    String text = withoutInlineTags(comment);
    text = text.replaceAll("(?m)^[ \\t]+", "");
    text = text.replaceAll("(?i)\\s*<p>\\s*", "\n\n").replaceAll("(?i)\\s*<li>\\s*", "\n- ");
    text = text.replaceAll("(?i)<sup>", "^").replace("&nbsp;", " ");
    text = text.replaceAll("</?[a-zA-Z][^<>]*>", "");
    text = BLOCK.matcher(text).replaceAll(JavadocText::block);
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    return text.replaceAll("\n{3,}", "\n\n").strip();
  }

  /** From the inside out: a tag may stand in another. */
  private static String withoutInlineTags(String comment) {
    String text = comment;
    for (Matcher tag = INLINE.matcher(text); tag.find(); tag = INLINE.matcher(text)) {
      text = tag.replaceAll(JavadocText::inline);
    }
    return text;
  }

  private static String inline(MatchResult tag) {
    String body = tag.group(2).strip();
    String label = body.contains(" ") ? body.substring(body.indexOf(' ') + 1) : body;
    String text =
        switch (tag.group(1)) {
          case "link", "linkplain" -> label.replaceAll("^#", "").replace('#', '.');
          case "return" -> "Returns " + body + ".";
          default -> body;
        };
    return Matcher.quoteReplacement(text);
  }

  private static String block(MatchResult tag) {
    return switch (tag.group(1)) {
      case "param" -> "  ";
      case "return" -> "  returns ";
      case "throws" -> "  throws ";
      default -> "  " + tag.group(1) + " ";
    };
  }
}
