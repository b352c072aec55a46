package org.maskmine.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

/** Places as "Common directories and file locations" of Jupyter's documentation lists them. */
class JupyterPathsTest {
  private static JupyterPaths paths(String os, String home, Map<String, String> environment) {
    return new JupyterPaths(os, home, environment, FileSystems.getDefault());
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
    assertThat(user("Windows 11", "C:/Users/ada", Map.of("APPDATA", "C:/Users/ada/Roaming")))
        .isEqualTo("C:/Users/ada/Roaming/jupyter/kernels");
  }

  @Test
  void obeys_jupyter_data_dir_everywhere() {
    for (String os : new String[] {"Linux", "Mac OS X", "Windows 11"}) {
      assertThat(user(os, "/home/ada", Map.of("JUPYTER_DATA_DIR", "/elsewhere", "APPDATA", "/x")))
          .isEqualTo("/elsewhere/kernels");
    }
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
