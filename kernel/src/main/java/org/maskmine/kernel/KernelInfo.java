package org.maskmine.kernel;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.messages.Header;

/** What the kernel says about itself. */
final class KernelInfo {
  private KernelInfo() {}

  static String version() {
    String version = KernelInfo.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  static JsonObject content() {
    String java = Runtime.version().toString();
    var content = new JsonObject();
    content.addProperty("protocol_version", Header.PROTOCOL_VERISON);
    content.addProperty("implementation", "maskmine");
    content.addProperty("implementation_version", version());
    content.add("language_info", language(java));
    content.addProperty("banner", "Maskmine " + version() + " on Java " + java);
    content.addProperty("debugger", false);
    content.add("help_links", new JsonArray());
    return content;
  }

  private static JsonObject language(String version) {
    var language = new JsonObject();
    language.addProperty("name", "java");
    language.addProperty("version", version);
    language.addProperty("mimetype", "text/x-java");
    language.addProperty("file_extension", ".java");
    language.addProperty("pygments_lexer", "java");
    language.addProperty("codemirror_mode", "text/x-java");
    return language;
  }
}
