package org.maskmine.dsl;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The public methods of one of our types with the first sentence of their documentation, read from
 * its source.
 *
 * @param about first sentence of the type's own documentation
 */
record Documented(String type, String about, List<Method> methods) {
  private static final Path SOURCES = Path.of("src", "main", "java");

  /**
   * @param call such as {@code split(double validation, double test)}
   */
  record Method(String name, String call, String sentence) {}

  /** Reads {@code org/maskmine/dsl/Maskmine.java} and the like. */
  static Documented of(String file) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjects(SOURCES.resolve(file));
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, sources);
      CompilationUnitTree unit = task.parse().iterator().next();
      var docs = DocTrees.instance(task);
      var type = (ClassTree) unit.getTypeDecls().get(0);
      List<Method> methods = new ArrayList<>();
      for (Tree member : type.getMembers()) {
        if (member instanceof MethodTree method && isPublic(type, method)) {
          String comment = docs.getDocComment(TreePath.getPath(unit, method));
          if (comment != null) {
            methods.add(new Method(method.getName().toString(), call(method), sentence(comment)));
          }
        }
      }
      String about = docs.getDocComment(TreePath.getPath(unit, type));
      return new Documented(type.getSimpleName().toString(), sentence(about), methods);
    }
  }

  private static boolean isPublic(ClassTree type, MethodTree method) {
    Set<Modifier> flags = method.getModifiers().getFlags();
    boolean inInterface = type.getKind() == Tree.Kind.INTERFACE;
    return (flags.contains(Modifier.PUBLIC) || (inInterface && !flags.contains(Modifier.PRIVATE)))
        && method.getReturnType() != null;
  }

  private static String call(MethodTree method) {
    return method.getParameters().stream()
        .map(p -> simple(p.toString()))
        .collect(Collectors.joining(", ", method.getName() + "(", ")"));
  }

  private static String simple(String parameter) {
    return parameter
        .replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "")
        .replaceAll("\\s*@\\w+\\s*", "");
  }

  /** The first sentence as Markdown. */
  private static String sentence(@Nullable String comment) {
    String text = comment == null ? "" : comment.strip().replaceAll("\\s+", " ");
    String first = text.replaceFirst("( <p>| <pre>| @\\w+ ).*$", "");
    first = first.replaceFirst("(?<!such as|e\\.g|Fig)\\. (?=[A-Z{]).*$", ".");
    return first
        .replaceAll("\\{@link (?:\\w+)?#?([^}(]*)[^}]*}", "`$1`")
        .replaceAll("\\{@code ([^}]*)}", "`$1`")
        .replace("|", "\\|");
  }
}
