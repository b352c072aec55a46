package org.maskmine.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

/** Places as "Common directories and file locations" of Jupyter's documentation lists them. */
class JupyterPathsTest {
  /** File systems with the path rules of each system. */
  private static final Map<String, FileSystem> FILES =
      Map.of(
          "Linux", Jimfs.newFileSystem(Configuration.unix()),
          "Mac OS X", Jimfs.newFileSystem(Configuration.osX()),
          "Windows 11", Jimfs.newFileSystem(Configuration.windows()));

  private static JupyterPaths paths(String os, String home, Map<String, String> environment) {
    return new JupyterPaths(os, home, environment, Objects.requireNonNull(FILES.get(os)));
  }

  private static String user(String os, String home, Map<String, String> environment) {
    return paths(os, home, environment).user().toString();
  }

  @Test
  void finds_the_users_kernels_on_linux() {
    assertThat(user("Linux", "/home/ada", Map.of()))
        .isEqualTo("/home/ada/.local/share/jupyter/kernels");
    assertThat(user("Linux", "/home/ada", Map.of("XDG_DATA_HOME", "/data")))
        .isEqualTo("/data/jupyter/kernels");
  }

  @Test
  void finds_the_users_kernels_on_macos() {
    assertThat(user("Mac OS X", "/Users/ada", Map.of()))
        .isEqualTo("/Users/ada/Library/Jupyter/kernels");
  }

  @Test
  void finds_the_users_kernels_on_windows() {
    String home = "C:\\Users\\Ada Lovelace";
    assertThat(user("Windows 11", home, Map.of("APPDATA", home + "\\AppData\\Roaming")))
        .isEqualTo("C:\\Users\\Ada Lovelace\\AppData\\Roaming\\jupyter\\kernels");
    assertThat(user("Windows 11", home, Map.of()))
        .isEqualTo("C:\\Users\\Ada Lovelace\\.jupyter\\data\\kernels");
    assertThat(user("Windows 11", home, Map.of("APPDATA", "\\\\server\\home\\ada")))
        .isEqualTo("\\\\server\\home\\ada\\jupyter\\kernels");
    assertThat(paths("Windows 11", home, Map.of()).prefix("D:\\envs\\lab").toString())
        .isEqualTo("D:\\envs\\lab\\share\\jupyter\\kernels");
  }

  @Test
  void obeys_jupyter_data_dir_everywhere() {
    for (String os : new String[] {"Linux", "Mac OS X"}) {
      assertThat(user(os, "/home/ada", Map.of("JUPYTER_DATA_DIR", "/elsewhere", "APPDATA", "/x")))
          .isEqualTo("/elsewhere/kernels");
    }
    assertThat(
            user("Windows 11", "C:\\", Map.of("JUPYTER_DATA_DIR", "E:\\data", "APPDATA", "C:\\x")))
        .isEqualTo("E:\\data\\kernels");
  }

  @Test
  void finds_the_kernels_of_the_active_environment() {
    assertThat(paths("Linux", "/", Map.of("VIRTUAL_ENV", "/venv")).activeEnvironment().toString())
        .isEqualTo("/venv/share/jupyter/kernels");
    assertThat(paths("Linux", "/", Map.of("CONDA_PREFIX", "/conda")).activeEnvironment().toString())
        .isEqualTo("/conda/share/jupyter/kernels");
  }

  @Test
  void refuses_sys_prefix_where_no_environment_is_active() {
    assertThatThrownBy(() -> paths("Linux", "/", Map.of()).activeEnvironment())
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--sys-prefix: no Python environment is active (VIRTUAL_ENV and CONDA_PREFIX are unset);"
                + " activate one, or use --user or --prefix DIR");
  }
}
