package org.maskmine.kernel.shell;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TaskListener;
import com.sun.tools.javac.api.JavacTaskImpl;
import com.sun.tools.javac.api.JavacTaskPool;
import com.sun.tools.javac.util.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.DiagnosticListener;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileManager.Location;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * The compilers that JShell takes from a pool. JShell compiles a snippet twice, first for its
 * errors and then for its class files. Here the first compiler makes the class files as well, as
 * long as it still knows all about the snippet, and the second only hands them over: that is half
 * the work of a cell, and of a start, and half the memory. {@link CompilerPool} puts them in place.
 */
final class Compilers extends JavacTaskPool {
  static final int KEPT = 5; // as many as JShell's own pool keeps

  /** Among the options when JShell looks for errors alone. */
  private static final String ANALYSIS = "--should-stop=at=FLOW";

  /** Among the options when JShell looks for the form of a snippet alone. */
  private static final String PARSING = "-XDallowStringFolding=false";

  /** In the name of classes that JShell never loads. */
  private static final String TRIAL = "DOESNOTMATTER";

  private @Nullable Output output;
  private @Nullable Made made;
  private @Nullable Delivery delivery;

  /**
   * What an analysis has made.
   *
   * @param sources what was compiled, name and text
   * @param compiler of the analysis, which knows the classes of the JDK and the libraries already
   * @param files the class files
   */
  private record Made(Set<String> sources, Context compiler, List<ClassFile> files) {}

  Compilers() {
    super(KEPT);
  }

  @Override
  public <Z> Z getTask(
      Writer out,
      JavaFileManager files,
      DiagnosticListener<? super JavaFileObject> listener,
      Iterable<String> options,
      Iterable<String> classes,
      Iterable<? extends JavaFileObject> units,
      Worker<Z> worker) {
    List<String> words = new ArrayList<>();
    options.forEach(words::add);
    if (words.contains(PARSING)) {
      return super.getTask(out, files, listener, options, classes, units, worker);
    }
    Set<String> sources = sources(units);
    Made ready = made;
    made = null;
    if (ready != null && ready.sources.equals(sources) && !words.contains(ANALYSIS)) {
      return worker.withTask(delivery(ready, files));
    }
    Output target = outputOver(files);
    Worker<Z> making =
        task -> {
          Z result = worker.withTask(task);
          made = make((JavacTaskImpl) task, sources, target, listener);
          return result;
        };
    boolean first = words.contains(ANALYSIS);
    return super.getTask(out, target, listener, options, classes, units, first ? making : worker);
  }

  /** Makes the class files of what a task has analysed; null where they have errors. */
  private static @Nullable Made make(
      JavacTaskImpl task, Set<String> sources, Output target, DiagnosticListener<?> listener) {
    if (failed(listener)) {
      return null;
    }
    Context compiler = task.getContext();
    boolean trial = sources.stream().anyMatch(each -> each.contains(TRIAL));
    List<ClassFile> files = trial ? List.of() : target.collect(task);
    return failed(listener) ? null : new Made(sources, compiler, files);
  }

  private static boolean failed(DiagnosticListener<?> listener) {
    return !(listener instanceof DiagnosticCollector<?> collector)
        || collector.getDiagnostics().stream()
            .anyMatch(each -> each.getKind() == Diagnostic.Kind.ERROR);
  }

  /** Compilers keep the files that they were made with, so these must stay the same. */
  private Output outputOver(JavaFileManager files) {
    Output known = output;
    if (known == null) {
      known = new Output(files);
      output = known;
    }
    return known;
  }

  /** The same task again and again: it makes a compiler of its own, which is never used. */
  private Delivery delivery(Made ready, JavaFileManager files) {
    Delivery known = delivery;
    if (known == null) {
      known = new Delivery(ready, files);
      delivery = known;
    }
    known.made = ready;
    return known;
  }

  private static Set<String> sources(Iterable<? extends JavaFileObject> units) {
    var sources = new TreeSet<String>();
    try {
      for (JavaFileObject unit : units) {
        sources.add(unit.getName() + "\n" + unit.getCharContent(true));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a snippet", e);
    }
    return sources;
  }

  /** JShell's files, except that class files can be collected instead of written. */
  private static final class Output extends ForwardingJavaFileManager<JavaFileManager> {
    private @Nullable List<ClassFile> collected;

    Output(JavaFileManager files) {
      super(files);
    }

    /** Generates the class files of what a task has analysed. */
    List<ClassFile> collect(JavacTask task) {
      var found = new ArrayList<ClassFile>();
      collected = found;
      try {
        task.generate().forEach(file -> {});
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write into memory", e);
      } finally {
        collected = null;
      }
      return found;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling)
        throws IOException {
      if (collected == null) {
        return super.getJavaFileForOutput(location, className, kind, sibling);
      }
      var file = new ClassFile(location, className, kind, sibling);
      collected.add(file);
      return file;
    }
  }

  /** A class file in memory. */
  private static final class ClassFile extends SimpleJavaFileObject {
    private final Location location;
    private final String className;
    private final FileObject sibling;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ClassFile(Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      super(URI.create("memory:///" + className.replace('.', '/') + kind.extension), kind);
      this.location = location;
      this.className = className;
      this.sibling = sibling;
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }

    void deliver(JavaFileManager files) throws IOException {
      JavaFileObject file = files.getJavaFileForOutput(location, className, kind, sibling);
      try (OutputStream out = file.openOutputStream()) {
        bytes.writeTo(out);
      }
    }
  }

  /** The second compilation of a snippet, for which there is nothing left to do. */
  private static final class Delivery extends JavacTaskImpl {
    private final JavaFileManager files;
    private Made made;

    Delivery(Made made, JavaFileManager files) {
      super(new Context());
      this.made = made;
      this.files = files;
    }

    @Override
    public Context getContext() {
      return made.compiler;
    }

    @Override
    public void addTaskListener(TaskListener listener) {
      // there are no events to hear of
    }

    @Override
    public Boolean call() {
      try {
        for (ClassFile file : made.files) {
          file.deliver(files);
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot write into memory", e);
      }
    }
  }
}
