package org.maskmine.kernel.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.maskmine.UserError;

class InstallOptionsTest {
  private static final JupyterPaths PATHS =
      new JupyterPaths("Linux", "/home/ada", Map.of(), FileSystems.getDefault());

  private static InstallOptions parse(String... arguments) {
    return InstallOptions.parse(List.of(arguments), PATHS);
  }

  @Test
  void installs_for_the_user_unless_told_otherwise() {
    assertThat(parse().kernels()).isEqualTo(PATHS.user());
    assertThat(parse("--prefix", "/opt/lab").kernels().toString())
        .isEqualTo("/opt/lab/share/jupyter/kernels");
  }

  @Test
  void takes_flags_and_variables_for_the_kernel() {
    InstallOptions options = parse("--jvm-arg", "-Xmx8g", "--env", "OMP_NUM_THREADS=4=x");
    assertThat(options.jvmArguments()).containsExactly("-Xmx8g");
    assertThat(options.environment()).containsExactly(Map.entry("OMP_NUM_THREADS", "4=x"));
  }

  @Test
  void refuses_what_it_does_not_know_and_says_what_there_is() {
    assertThatThrownBy(() -> parse("--sysprefix"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--sysprefix: no such option; there are --user, --prefix DIR, --sys-prefix, --jvm-arg"
                + " FLAG and --env NAME=VALUE");
    assertThatThrownBy(() -> parse("--prefix"))
        .hasMessage("--prefix: its value is missing; write --prefix DIR");
    assertThatThrownBy(() -> parse("--env", "A"))
        .hasMessage("--env A: must be NAME=VALUE; write --env NAME=VALUE");
  }

  @Test
  void lets_the_user_choose_another_garbage_collector() {
    assertThat(JavaFlags.of(17, List.of())).contains("-XX:+UseSerialGC");
    assertThat(JavaFlags.of(25, List.of("-XX:+UseZGC")))
        .doesNotContain("-XX:+UseSerialGC")
        .contains("--sun-misc-unsafe-memory-access=allow")
        .endsWith("-XX:+UseZGC");
  }

  @Test
  void newer_javas_archive_more_than_classes() {
    Path archive = Path.of("a.jsa");
    assertThat(JavaFlags.writing(17, archive)).isEqualTo("-XX:ArchiveClassesAtExit=a.jsa");
    assertThat(JavaFlags.using(17, archive)).isEqualTo("-XX:SharedArchiveFile=a.jsa");
    assertThat(JavaFlags.writing(25, archive)).isEqualTo("-XX:AOTCacheOutput=a.jsa");
    assertThat(JavaFlags.using(25, archive)).isEqualTo("-XX:AOTCache=a.jsa");
  }
}
