package org.maskmine.kernel.install;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.kernel.shell.JarPackages;
import org.maskmine.kernel.shell.JdkClasses;

/** The folder that makes the kernel known: {@code kernel.json}, logos, jars, class archive. */
final class Kernelspec {
  /** The name by which notebooks ask for the kernel. */
  static final String NAME = "maskmine";

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final String JAR = "maskmine.jar";
  private static final long LINK_FROM_BYTES = 1 << 20;

  private final Path folder;

  Kernelspec(Path kernels) {
    folder = kernels.resolve(NAME);
  }

  Path folder() {
    return folder;
  }

  Path jar() {
    return folder.resolve(JAR);
  }

  Path archive() {
    return folder.resolve("maskmine.jsa");
  }

  private Path json() {
    return folder.resolve("kernel.json");
  }

  boolean exists() {
    return Files.isRegularFile(json());
  }

  /** Puts the kernel's jar and the jars beside it into the folder, in place of what was there. */
  void fill(Path jar) throws IOException {
    remove();
    Files.createDirectories(folder);
    Files.copy(jar, jar());
    Path libraries = jar.resolveSibling("lib");
    if (!Files.isDirectory(libraries)) {
      throw new UserError(
          libraries
              + ": the jars that belong beside "
              + JAR
              + " are missing; run mvn package again");
    }
    Path target = Files.createDirectory(folder.resolve("lib"));
    try (Stream<Path> all = Files.list(libraries)) {
      for (Path each : all.toList()) {
        place(each, target.resolve(each.getFileName()));
      }
    }
    try (Stream<Path> all = Stream.concat(Stream.of(jar()), Files.list(target))) {
      JarPackages.write(all.toList(), folder.resolve(JarPackages.FILE));
    }
    JdkClasses.write(folder.resolve(JdkClasses.FILE));
    Logo.write(folder);
  }

  /**
   * Links large libraries, which never change, where the file system can; copies the rest, because
   * a build may write into our own jars while a kernel runs on them.
   */
  private static void place(Path from, Path to) throws IOException {
    boolean ours = from.getFileName().toString().startsWith(NAME);
    if (!ours && Files.size(from) >= LINK_FROM_BYTES) {
      try {
        Files.createLink(to, from);
        return;
      } catch (IOException | UnsupportedOperationException e) {
        // another disk, or a file system without links
      }
    }
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /**
   * Writes {@code kernel.json}.
   *
   * @param command how to start the kernel, without the connection file
   */
  void write(List<String> command, Map<String, String> environment) throws IOException {
    var arguments = new ArrayList<>(command);
    arguments.add("{connection_file}");
    var json = new JsonObject();
    json.add("argv", GSON.toJsonTree(arguments));
    json.addProperty("display_name", "Java (Maskmine)");
    json.addProperty("language", "java");
    json.addProperty("interrupt_mode", "message");
    json.add("env", GSON.toJsonTree(environment));
    Files.writeString(json(), GSON.toJson(json) + "\n");
  }

  /** How the kernel is started, without the connection file. */
  List<String> command() throws IOException {
    var arguments = new ArrayList<String>();
    read().getAsJsonArray("argv").forEach(each -> arguments.add(each.getAsString()));
    arguments.remove("{connection_file}");
    return arguments;
  }

  /** The variables set for the kernel. */
  Map<String, String> environment() throws IOException {
    JsonObject environment = read().getAsJsonObject("env");
    var variables = new LinkedHashMap<String, String>();
    environment.keySet().forEach(key -> variables.put(key, environment.get(key).getAsString()));
    return variables;
  }

  private JsonObject read() throws IOException {
    return GSON.fromJson(Files.readString(json()), JsonObject.class);
  }

  /** Deletes the folder; links go, what they link to stays. */
  void remove() throws IOException {
    if (Files.exists(folder)) {
      Files.walkFileTree(folder, new Deleting());
    }
  }

  private static final class Deleting extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
