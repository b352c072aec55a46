package org.maskmine.kernel.shell;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documentation of our own types, read from their sources, which travel with the program under
 * {@code META-INF/maskmine/sources}.
 */
final class Javadocs {
  private static final Logger LOG = LoggerFactory.getLogger(Javadocs.class);
  private static final String ROOT = "META-INF/maskmine/sources";

  /** {@code Result Type.method(A a, B... b)}, as JShell writes signatures. */
  private static final Pattern METHOD = Pattern.compile("(?:.*[ .])?(\\w+)\\.(\\w+)\\((.*)\\).*");

  private final Map<String, Path> sources = new HashMap<>();
  private final Map<String, Map<String, String>> comments = new ConcurrentHashMap<>();

  /** Finds the sources; without them there is no documentation, and nothing else is amiss. */
  static Javadocs ofThisProgram() {
    var docs = new Javadocs();
    URL root = Javadocs.class.getClassLoader().getResource(ROOT);
    if (root != null) {
      try {
        docs.find(root.toURI());
      } catch (IOException | URISyntaxException e) {
        LOG.warn("no documentation: {}", e.toString());
      }
    }
    return docs;
  }

  private void find(URI root) throws IOException {
    Path folder = root.getScheme().equals("jar") ? inside(root) : Path.of(root);
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> sources.put(file.getFileName().toString().replace(".java", ""), file));
    }
  }

  private static Path inside(URI root) throws IOException {
    FileSystem jar;
    try {
      jar = FileSystems.newFileSystem(root, Map.of());
    } catch (FileSystemAlreadyExistsException e) {
      jar = FileSystems.getFileSystem(root);
    }
    return jar.getPath(ROOT);
  }

  /** What is written about the method or type of a signature, as plain text; null for nothing. */
  @Nullable String of(String signature) {
    Matcher method = METHOD.matcher(signature);
    boolean isMethod = method.matches();
    String type =
        isMethod ? method.group(1) : signature.replaceAll("<.*", "").replaceAll(".*\\W", "");
    Path source = sources.get(type);
    if (source == null) {
      return null;
    }
    String subject = isMethod ? subject(method.group(2), parameterNames(method.group(3))) : type;
    return comments.computeIfAbsent(type, t -> read(source)).get(subject);
  }

  private static String subject(String method, List<String> parameters) {
    return method + "(" + String.join(", ", parameters) + ")";
  }

  private static List<String> parameterNames(String parameters) {
    return parameters.isEmpty()
        ? List.of()
        : Stream.of(parameters.split(",")).map(each -> each.replaceAll(".*\\W", "")).toList();
  }

  /** All comments of a file, by type and by method with the names of its parameters. */
  private static Map<String, String> read(Path source) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var all = new Comments();
    try {
      var file = new SourceText(source.getFileName().toString(), Files.readString(source));
      var task =
          (JavacTask)
              compiler.getTask(null, null, null, List.of("-proc:none"), null, List.of(file));
      for (CompilationUnitTree unit : task.parse()) {
        all.scan(unit, DocTrees.instance(task));
      }
    } catch (IOException e) {
      LOG.warn("no documentation in {}: {}", source, e.toString());
    }
    return all.found;
  }

  private static final class Comments extends TreePathScanner<@Nullable Void, DocTrees> {
    private final Map<String, String> found = new HashMap<>();

    @Override
    public @Nullable Void visitClass(ClassTree tree, DocTrees docs) {
      take(tree.getSimpleName().toString(), docs);
      return super.visitClass(tree, docs);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree tree, DocTrees docs) {
      List<String> names =
          tree.getParameters().stream().map(VariableTree::getName).map(Object::toString).toList();
      take(subject(tree.getName().toString(), names), docs);
      return super.visitMethod(tree, docs);
    }

    private void take(String subject, DocTrees docs) {
      String comment = docs.getDocComment(getCurrentPath());
      if (comment != null) {
        found.putIfAbsent(subject, JavadocText.plain(comment));
      }
    }
  }

  private static final class SourceText extends SimpleJavaFileObject {
    private final String text;

    SourceText(String name, String text) {
      super(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
