package org.maskmine.kernel.shell;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
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
  /** How many values of bare expressions ({@code $1}, {@code $2}, …) are kept. */
  private static final int KEPT_EXPRESSIONS = 5;

  private final ReentrantLock compiler = new ReentrantLock();
  private final Variables variables = new Variables();
  private final Origins origins = new Origins();
  private final Deque<VarSnippet> expressions = new ArrayDeque<>();
  private final CellWorker worker;
  private final CellControl control;
  private final JShell jshell;
  private final FailureText failures;
  private final Assistant assistant;

  /**
   * Starts JShell.
   *
   * @param classPath what cells can compile against
   * @param imports import declarations in force from the start
   */
  public JavaShell(String classPath, Collection<String> imports) {
    var loader = new CellLoader();
    worker = new CellWorker(loader.classLoader());
    control = new CellControl(loader, worker, variables, compiler);
    jshell =
        JShell.builder()
            .executionEngine(new Engine(control), Map.of())
            .compilerOptions("--class-path", classPath, "-parameters", "-g")
            .build();
    assistant = new Assistant(jshell, compiler, variables);
    failures = new FailureText(jshell, origins, assistant);
    locked(
        () -> {
          imports.forEach(jshell::eval);
          return imports;
        });
  }

  /** Runs and completes something small, so that the user's first cell finds everything loaded. */
  public void warmUp() {
    locked(() -> jshell.eval("1+1")).forEach(event -> jshell.drop(event.snippet()));
    complete("Math.ma", 7);
  }

  /**
   * Runs a cell.
   *
   * @throws CellFailure where it does not compile, throws or is interrupted
   */
  public Result run(Cell cell) throws CellFailure {
    Checkpoint.reset();
    control.beforeCode(cell.onThread());
    List<Statement> statements =
        locked(() -> Statement.split(cell.source(), jshell.sourceCodeAnalysis()));
    if (!statements.isEmpty() && !statements.get(statements.size() - 1).whole()) {
      throw unfinished(cell, statements.get(statements.size() - 1));
    }
    Result result = Result.NOTHING;
    for (Statement statement : statements) {
      result = run(cell, statement);
    }
    origins.reportUnresolved(jshell, cell);
    return result;
  }

  /** Stops the running cell; a second call leaves behind one that does not listen. */
  public void interrupt() {
    worker.interrupt();
  }

  /** What may stand at a place in a cell. */
  public Completion complete(String code, int cursor) {
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
    List<SnippetEvent> events = eval(cell, statement.code());
    events.forEach(event -> origins.put(event, cell, statement));
    check(events, cell, statement);
    Result result = statement.closed() ? Result.NOTHING : shown(events);
    keepFewExpressions(cell, events);
    return result;
  }

  private void check(List<SnippetEvent> events, Cell cell, Statement statement) throws CellFailure {
    for (SnippetEvent event : events) {
      try {
        failures.check(event, control.thrown(), cell, statement);
      } catch (CellFailure e) {
        if (event.status() == Status.RECOVERABLE_NOT_DEFINED) {
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
    return preservingValues(cell, () -> jshell.eval(code));
  }

  private List<SnippetEvent> preservingValues(Cell cell, Supplier<List<SnippetEvent>> change) {
    Map<String, Field> homes = variables.homes();
    Map<String, Object> values = variables.values();
    List<SnippetEvent> events = locked(change);
    Set<String> lost = new LinkedHashSet<>();
    for (SnippetEvent event : events) {
      if (!(event.snippet() instanceof VarSnippet variable)) {
        continue;
      }
      String name = variable.name();
      if (event.causeSnippet() != null) {
        Object value = values.get(name);
        boolean alive = event.status() == Status.VALID && event.value() == null;
        if (value != null && !(alive && variables.restore(name, value))) {
          lost.add(name);
        }
      }
      if (event.status() == Status.OVERWRITTEN || event.causeSnippet() != null) {
        variables.release(name, homes.get(name));
      }
    }
    lost.forEach(name -> cell.note().accept(lostSentence(name)));
    return events;
  }

  private static String lostSentence(String name) {
    return name
        + ": lost its value, because this cell changed the class of that value; run the cell that"
        + " makes "
        + name
        + " again";
  }

  private Result shown(List<SnippetEvent> events) {
    Result result = Result.NOTHING;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null && event.value() != null && isExpression(event.snippet())) {
        result = new Result(true, control.take(event.value()));
      }
    }
    return result;
  }

  private static boolean isExpression(Snippet snippet) {
    return switch (snippet.subKind()) {
      case VAR_VALUE_SUBKIND, OTHER_EXPRESSION_SUBKIND, TEMP_VAR_EXPRESSION_SUBKIND -> true;
      default -> false;
    };
  }

  private void keepFewExpressions(Cell cell, List<SnippetEvent> events) {
    for (SnippetEvent event : events) {
      if (event.snippet().subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND
          && event.status() == Status.VALID
          && event.snippet() instanceof VarSnippet variable) {
        expressions.addLast(variable);
      }
    }
    while (expressions.size() > KEPT_EXPRESSIONS) {
      VarSnippet oldest = expressions.removeFirst();
      preservingValues(cell, () -> jshell.drop(oldest));
      variables.forget(oldest.name());
      origins.forget(oldest);
    }
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
