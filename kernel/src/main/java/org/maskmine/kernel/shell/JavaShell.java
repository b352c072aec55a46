package org.maskmine.kernel.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * Runs cells of Java in this JVM and answers questions about them. {@link #run} is called from one
 * thread at a time; everything else from any thread, also while a cell runs.
 */
public final class JavaShell implements AutoCloseable {
  /** Begins the names of variables that hold the value of an expression until it is shown. */
  static final String SHOWN = "$shown";

  private static final int WARM_UP = 20;
  private static final int PAUSE_MS = 100;

  private final ReentrantLock evaluating = new ReentrantLock();
  private final ReentrantLock compiler = new ReentrantLock();
  private final Variables variables = new Variables();
  private final Origins origins = new Origins();
  private final Leftovers leftovers;

  /** Variables that hold what the last statement shows. */
  private final List<SnippetEvent> shown = new ArrayList<>();

  private final Function<Object, @Nullable String> recovery;
  private final Verbs verbs;
  private final CellWorker worker;
  private final CellControl control;
  private final JShell jshell;
  private final Handover handover;
  private final FailureText failures;
  private final Assistant assistant;
  private final CountDownLatch indexing = new CountDownLatch(1);
  private volatile long lastCell = System.nanoTime();
  private long expressions;

  /**
   * Starts JShell.
   *
   * @param classPath what cells can compile against
   * @param packages what its jars hold
   * @param jdk what the JDK holds
   * @param imports import declarations in force from the start
   * @param recovery for a value that a variable lost, Java that brings back what is stored of it;
   *     null for nothing
   */
  public JavaShell(
      String classPath,
      JarPackages packages,
      JdkClasses jdk,
      Collection<String> imports,
      Function<Object, @Nullable String> recovery) {
    this.recovery = recovery;
    verbs = new Verbs(imports);
    var loader = new CellLoader();
    worker = new CellWorker(loader.classLoader());
    control = new CellControl(loader, worker, variables, compiler);
    jshell =
        JShell.builder()
            .executionEngine(new Engine(control), Map.of())
            .fileManager(files -> new CellFiles(files, classPath, packages, jdk, indexing))
            .compilerOptions("-parameters", "-g")
            .build();
    CompilerPool.renew(jshell);
    handover = new Handover(jshell, variables, control);
    leftovers = Leftovers.of(jshell, origins);
    assistant = new Assistant(jshell, compiler, variables, verbs);
    failures = new FailureText(jshell, origins, assistant, verbs);
    // One snippet: each costs a run of the compiler.
    locked(() -> jshell.eval(String.join(" ", imports)));
  }

  /** Loads what the first cell needs beside JShell, on a thread that waits for it. */
  public static void prepare() {
    CellControl.prepare();
  }

  /**
   * Evaluates small things in the pauses between cells, so that the user's find everything loaded
   * and compiled; a cell waits for one of them at most.
   */
  public void warmUp() throws InterruptedException {
    worker.keepReserve();
    for (int i = 0; i < WARM_UP; i++) {
      String expression = "Math.max(1, " + i + ")";
      inAPause(() -> drop(locked(() -> jshell.eval(asVariable(expression)))));
      inAPause(() -> drop(locked(() -> jshell.eval("for (int i = 0; i < 1; i++) {}"))));
    }
    inAPause(() -> complete("Math.ma", 7));
  }

  private void inAPause(Runnable work) throws InterruptedException {
    while (System.nanoTime() - lastCell < PAUSE_MS * 1_000_000L || !evaluating.tryLock()) {
      Thread.sleep(PAUSE_MS);
    }
    try {
      work.run();
    } finally {
      evaluating.unlock();
    }
  }

  /**
   * Runs a cell.
   *
   * @throws CellFailure where it does not compile, throws or is interrupted
   */
  public Result run(Cell cell) throws CellFailure {
    evaluating.lock();
    try {
      return runStatements(cell);
    } catch (RuntimeException | Error e) { // from the compiler
      throw failures.ofCompiler(e, cell);
    } finally {
      lastCell = System.nanoTime();
      evaluating.unlock();
    }
  }

  private Result runStatements(Cell cell) throws CellFailure {
    Checkpoint.reset();
    control.beforeCode(cell.onThread());
    List<Statement> statements =
        locked(() -> Statement.split(cell.source(), jshell.sourceCodeAnalysis()));
    if (!statements.isEmpty() && !statements.get(statements.size() - 1).whole()) {
      throw unfinished(cell, statements.get(statements.size() - 1));
    }
    Result result = Result.NOTHING;
    for (Statement statement : statements) {
      result = Result.NOTHING; // the next statement may need the memory of the last one's value
      letGoOfShown();
      result = run(cell, statement);
    }
    origins.reportUnresolved(jshell, cell);
    return result;
  }

  /** Does what a cell leaves to do and its user need not wait for. */
  public void tidy() {
    evaluating.lock();
    try {
      letGoOfShown();
      locked(leftovers::sweep);
    } finally {
      evaluating.unlock();
    }
  }

  /**
   * Does what belongs to a cell after its code, such as showing its value: on the thread of cells,
   * where Interrupt reaches it, and with the same account of what goes wrong.
   *
   * @throws CellFailure where it throws or is interrupted
   */
  public <T> T onCellThread(Cell cell, Callable<T> work) throws CellFailure {
    var done = new AtomicReference<T>();
    try {
      worker.run(
          () -> {
            cell.onThread().run();
            done.set(work.call());
            return null;
          });
      return Objects.requireNonNull(done.get());
    } catch (Throwable e) {
      throw failures.of(e, e, cell);
    }
  }

  /** Lets cells use more classes; several paths are joined as on a class path. */
  public void addToClassPath(String path) {
    locked(
        () -> {
          jshell.addToClasspath(path);
          CompilerPool.renew(jshell);
          return path;
        });
  }

  /** Stops the running cell; a second call leaves behind one that does not listen. */
  public void interrupt() {
    worker.interrupt();
  }

  /** What may stand at a place in a cell. */
  public Completion complete(String code, int cursor) {
    indexing.countDown();
    return assistant.complete(code, cursor);
  }

  /**
   * Describes what stands at a place in a cell: signatures and documentation, or type and value.
   *
   * @param detailed with everything known, not the first lines alone
   */
  public @Nullable String describe(String code, int cursor, boolean detailed) {
    return assistant.describe(code, cursor, detailed);
  }

  /** The notebook's variables, in the order of their declaration. */
  public List<Variable> variables() {
    return locked(() -> jshell.variables().toList()).stream()
        .filter(each -> !each.name().startsWith("$"))
        .map(each -> new Variable(each.name(), type(each), variables.value(each.name())))
        .toList();
  }

  private static String type(VarSnippet variable) {
    return Assistant.withoutPackages(variable.typeName());
  }

  /** Whether a cell can be run as it stands. */
  public Completeness completeness(String code) {
    return assistant.completeness(code);
  }

  /** Ends JShell. */
  @Override
  public void close() {
    jshell.close();
  }

  private Result run(Cell cell, Statement statement) throws CellFailure {
    stopIfInterrupted();
    if (!statement.closed()) {
      List<SnippetEvent> events = eval(cell, asVariable(statement.code()));
      if (events.get(0).status() == Status.VALID) {
        shown.addAll(events);
        accept(events, cell, statement);
        return new Result(true, control.take(String.valueOf(events.get(0).value())));
      }
      drop(events);
    }
    accept(eval(cell, statement.code()), cell, statement);
    return Result.NOTHING;
  }

  /**
   * An expression as the initialiser of a variable whose type is given, for which JShell compiles
   * half as often as for a bare expression: it need not find the expression's type. The variable is
   * a new one each time, because JShell compiles twice what replaces another.
   */
  private String asVariable(String expression) {
    return "java.lang.Object " + SHOWN + expressions++ + " = " + expression + "\n;";
  }

  private void letGoOfShown() {
    List<SnippetEvent> events = List.copyOf(shown);
    shown.clear();
    drop(events);
  }

  private void drop(List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      locked(() -> jshell.drop(event.snippet()));
      if (event.snippet() instanceof VarSnippet variable) {
        variables.forget(variable.name());
      }
    }
  }

  private void accept(List<SnippetEvent> events, Cell cell, Statement statement)
      throws CellFailure {
    for (SnippetEvent event : events) {
      origins.put(event, cell, statement);
    }
    check(events, cell, statement);
    warnOfHiddenVerbs(events, cell);
  }

  private void warnOfHiddenVerbs(List<SnippetEvent> events, Cell cell) {
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof MethodSnippet method && event.causeSnippet() == null) {
        String home = verbs.homeOf(method.name());
        if (home != null) {
          cell.note()
              .accept(
                  "%1$s: your method hides the notebook's own %1$s; rename it, or write %2$s.%1$s for the notebook's"
                      .formatted(method.name(), home));
        }
      }
    }
  }

  private void check(List<SnippetEvent> events, Cell cell, Statement statement) throws CellFailure {
    for (SnippetEvent event : events) {
      try {
        failures.check(event, control.thrown(), cell, statement);
      } catch (CellFailure e) {
        if (event.status() == Status.RECOVERABLE_NOT_DEFINED
            && jshell.status(event.snippet()).isActive()) {
          locked(() -> jshell.drop(event.snippet()));
        }
        throw e;
      }
    }
  }

  private static void stopIfInterrupted() throws CellFailure {
    try {
      Checkpoint.check();
    } catch (CancellationException e) {
      throw FailureText.interrupted(e.getMessage());
    }
  }

  private CellFailure unfinished(Cell cell, Statement statement) {
    List<SnippetEvent> events = eval(cell, statement.code());
    try {
      events.forEach(event -> origins.put(event, cell, statement));
      check(events, cell, statement);
    } catch (CellFailure e) {
      return e;
    }
    return failures.unfinished(cell, statement);
  }

  private List<SnippetEvent> eval(Cell cell, String code) {
    control.clear();
    Handover.Outcome outcome = locked(() -> handover.around(() -> jshell.eval(code)));
    outcome.lost().forEach((name, value) -> cell.note().accept(lostSentence(name, value)));
    return outcome.events();
  }

  private String lostSentence(String name, Object value) {
    String stored = recovery.apply(value);
    return name
        + ": lost its value, because this cell changed the class of that value; run the cell that"
        + " makes "
        + name
        + " again"
        + (stored == null ? "" : "; what it held is stored: " + stored);
  }

  private <T> T locked(Supplier<T> work) {
    compiler.lock();
    try {
      return work.get();
    } finally {
      compiler.unlock();
    }
  }

  private record Engine(CellControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "maskmine";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }
}
