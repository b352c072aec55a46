package org.maskmine.kernel.install;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Map;
import org.maskmine.UserError;

/**
 * Where Jupyter looks for kernels ("Common directories" of its documentation).
 *
 * @param os the value of Java's {@code os.name}
 * @param home the user's home folder
 * @param environment the environment's variables
 * @param files whose paths are made
 */
record JupyterPaths(String os, String home, Map<String, String> environment, FileSystem files) {

  /** The folder of the user's own kernelspecs. */
  Path user() {
    return userData().resolve("kernels");
  }

  private Path userData() {
    String own = environment.getOrDefault("JUPYTER_DATA_DIR", "");
    if (!own.isEmpty()) {
      return files.getPath(own);
    }
    if (os.startsWith("Windows")) {
      String roaming = environment.getOrDefault("APPDATA", "");
      return roaming.isEmpty()
          ? files.getPath(home, ".jupyter", "data")
          : files.getPath(roaming, "jupyter");
    }
    if (os.startsWith("Mac")) {
      return files.getPath(home, "Library", "Jupyter");
    }
    String xdg = environment.getOrDefault("XDG_DATA_HOME", "");
    return xdg.isEmpty()
        ? files.getPath(home, ".local", "share", "jupyter")
        : files.getPath(xdg, "jupyter");
  }

  /** The folder of kernelspecs of an environment or installation at a prefix. */
  Path prefix(String prefix) {
    return files.getPath(prefix, "share", "jupyter", "kernels");
  }

  /**
   * The folder of kernelspecs of the active Python environment.
   *
   * @throws UserError where none is active
   */
  Path activeEnvironment() {
    String active =
        environment.getOrDefault("VIRTUAL_ENV", environment.getOrDefault("CONDA_PREFIX", ""));
    if (active.isEmpty()) {
      throw new UserError(
          "--sys-prefix: no Python environment is active (VIRTUAL_ENV and CONDA_PREFIX are unset);"
              + " activate one, or use --user or --prefix DIR");
    }
    return prefix(active);
  }
}
