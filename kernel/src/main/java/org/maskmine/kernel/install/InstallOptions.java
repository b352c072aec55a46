package org.maskmine.kernel.install;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.maskmine.UserError;

/**
 * What the command line asks for.
 *
 * @param kernels the folder of kernelspecs
 * @param jvmArguments flags for the kernel's Java beside our own
 * @param environment variables set for the kernel
 */
record InstallOptions(Path kernels, List<String> jvmArguments, Map<String, String> environment) {

  static InstallOptions parse(List<String> arguments, JupyterPaths paths) {
    Path kernels = paths.user();
    var jvm = new ArrayList<String>();
    var environment = new LinkedHashMap<String, String>();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--user" -> kernels = paths.user();
        case "--sys-prefix" -> kernels = paths.activeEnvironment();
        case "--prefix" -> kernels = paths.prefix(value(option, "DIR", rest));
        case "--jvm-arg" -> jvm.add(value(option, "FLAG", rest));
        case "--env" -> addVariable(value(option, "NAME=VALUE", rest), environment);
        default ->
            throw new UserError(
                option
                    + ": no such option; there are --user, --prefix DIR, --sys-prefix, --jvm-arg"
                    + " FLAG and --env NAME=VALUE");
      }
    }
    return new InstallOptions(kernels.toAbsolutePath(), jvm, environment);
  }

  private static void addVariable(String assignment, Map<String, String> environment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      throw new UserError("--env " + assignment + ": must be NAME=VALUE; write --env NAME=VALUE");
    }
    environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  private static String value(String option, String what, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new UserError(option + ": its value is missing; write " + option + " " + what);
    }
    return rest.next();
  }
}
