package org.maskmine.dsl;

import java.nio.file.Path;
import java.util.Map;
import org.maskmine.training.RunStore;

/** Where runs and the drawn phantoms lie: {@code MASKMINE_HOME}, else the user's data folder. */
final class Home {
  private Home() {}

  static Path folder() {
    return folder(System.getenv(), System.getProperty("user.home"));
  }

  static Path folder(Map<String, String> environment, String userHome) {
    String home = environment.get("MASKMINE_HOME");
    if (home != null && !home.isBlank()) {
      return Path.of(home);
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", environment.get("APPDATA"));
    Path parent = data == null ? Path.of(userHome, ".local", "share") : Path.of(data);
    return parent.resolve("maskmine");
  }

  static RunStore runs() {
    return new RunStore(folder().resolve("runs"));
  }

  /** What is remembered of data that was opened before. */
  static Path known() {
    return folder().resolve("known");
  }

  static Path phantoms() {
    return folder().resolve("phantoms");
  }
}
