package org.maskmine.kernel;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.reply.IsCompleteReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;
import org.dflib.jjava.jupyter.messages.request.IsCompleteRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;
import org.jspecify.annotations.Nullable;
import org.maskmine.dsl.view.Screen;
import org.maskmine.dsl.view.View;
import org.maskmine.dsl.view.Views;
import org.maskmine.kernel.magic.Magics;
import org.maskmine.kernel.protocol.Connection;
import org.maskmine.kernel.shell.Cell;
import org.maskmine.kernel.shell.CellFailure;
import org.maskmine.kernel.shell.Completeness;
import org.maskmine.kernel.shell.Completion;
import org.maskmine.kernel.shell.JavaShell;
import org.maskmine.kernel.shell.Result;
import org.slf4j.LoggerFactory;

/**
 * Answers a front end. Cells run one after the other on a thread of their own; everything else is
 * answered at once, on the thread of the channel it came through.
 */
final class NotebookKernel {
  private final CellQueue queue = new CellQueue();
  private final CompletableFuture<Magics> magics = new CompletableFuture<>();
  // Begins before the sockets are made: both take some tenths of a second.
  private final CompletableFuture<JavaShell> shell = startShell();
  private final History history = new History();
  private final CommManager comms = new CommManager();
  private final Connection connection;
  private final Streams streams;
  private final NotebookScreen screen;
  private final RunningCell running;
  private final Map<MessageType<?>, Handler<?>> handlers;
  private int executionCount = 1;

  /** Answers one kind of request. */
  private interface Handler<T> {
    void handle(Message<T> request, ReplyEnvironment reply);
  }

  /**
   * A kernel that does not answer yet.
   *
   * @param running remembers the running cell for the case that the kernel dies
   */
  NotebookKernel(KernelConnectionProperties properties, RunningCell running) {
    this.running = running;
    connection = new Connection(properties, this::accept);
    streams = new Streams(connection);
    screen = new NotebookScreen(streams);
    comms.setIOPubChannel(connection.publications());
    handlers =
        Map.ofEntries(
            entry(MessageType.KERNEL_INFO_REQUEST, (request, reply) -> info(request, reply)),
            entry(MessageType.COMPLETE_REQUEST, this::complete),
            entry(MessageType.INSPECT_REQUEST, this::inspect),
            entry(MessageType.IS_COMPLETE_REQUEST, this::isComplete),
            entry(MessageType.HISTORY_REQUEST, this::history),
            entry(MessageType.INTERRUPT_REQUEST, (request, reply) -> interrupt(request, reply)),
            entry(MessageType.SHUTDOWN_REQUEST, this::shutdown),
            entry(
                MessageType.COMM_OPEN_COMMAND, (m, reply) -> comms.handleCommOpenCommand(reply, m)),
            entry(MessageType.COMM_MSG_COMMAND, (m, reply) -> comms.handleCommMsgCommand(reply, m)),
            entry(
                MessageType.COMM_CLOSE_COMMAND,
                (m, reply) -> comms.handleCommCloseCommand(reply, m)),
            entry(
                MessageType.COMM_INFO_REQUEST,
                (m, reply) -> comms.handleCommInfoRequest(reply, m)));
  }

  private static <T> Map.Entry<MessageType<?>, Handler<?>> entry(
      MessageType<T> type, Handler<T> handler) {
    return Map.entry(type, handler);
  }

  private CompletableFuture<JavaShell> startShell() {
    var started = new CompletableFuture<JavaShell>();
    var thread = new Thread(() -> startShell(started), "start");
    thread.setDaemon(true);
    thread.start();
    return started;
  }

  private void startShell(CompletableFuture<JavaShell> started) {
    try {
      String classPath = CompilePath.ofThisJvm();
      var java =
          new JavaShell(
              classPath,
              CompilePath.packages(),
              CompilePath.jdk(),
              Imports.all(),
              StoredRuns::recovery);
      magics.complete(new Magics(java, classPath));
      started.complete(java);
      java.warmUp();
    } catch (InterruptedException | RuntimeException | LinkageError e) {
      magics.completeExceptionally(e);
      started.completeExceptionally(e);
    }
  }

  /** Answers until the front end asks to shut down or is gone. */
  void run() throws InterruptedException {
    streams.install();
    Screen.install(screen);
    Notebook.attach(this);
    connection.open();
    FrontEnd.whenGone(connection::close);
    shell.whenComplete(
        (java, failure) -> {
          if (failure != null) {
            LoggerFactory.getLogger(NotebookKernel.class)
                .error("Java could not be started", failure);
            connection.close();
          }
        });
    connection.awaitClose();
    running.close();
  }

  private void accept(Message<?> request, ReplyEnvironment reply) {
    MessageType<?> type = request.getHeader().getType();
    if (request.getContent() instanceof ExecuteRequest execute) {
      queue.add(
          turn -> {
            answer(reply, () -> execute(turn, execute, request, reply));
            shell.join().tidy();
          });
      return;
    }
    Handler<?> handler = handlers.get(type);
    if (handler == null) {
      LoggerFactory.getLogger(NotebookKernel.class).debug("ignored a request of an unknown kind");
      return;
    }
    answer(reply, () -> handle(handler, request, reply));
  }

  @SuppressWarnings("unchecked") // the handler was found under the request's own type
  private static <T> void handle(Handler<T> handler, Message<?> request, ReplyEnvironment reply) {
    handler.handle((Message<T>) request, reply);
  }

  private static void answer(ReplyEnvironment reply, Runnable work) {
    reply.setStatusBusy();
    try {
      work.run();
    } catch (RuntimeException | Error e) { // whoever asked must not wait for ever
      LoggerFactory.getLogger(NotebookKernel.class).error("a request failed", e);
    } finally {
      reply.resolveDeferrals();
      reply.setStatusIdle();
    }
  }

  private void execute(
      CellQueue.Turn turn, ExecuteRequest request, Message<?> message, ReplyEnvironment reply) {
    if (turn == CellQueue.Turn.ABORTED) {
      var content = new JsonObject();
      content.addProperty("status", "aborted");
      content.addProperty("execution_count", executionCount);
      send(reply, message, MessageType.EXECUTE_REPLY, content);
      return;
    }
    boolean silent = request.isSilent();
    int number = executionCount;
    if (!silent) {
      reply.publish(new PublishExecuteInput(request.getCode(), number));
    }
    if (!silent && request.shouldStoreHistory()) {
      executionCount++;
    }
    comms.setMessageContext(message);
    var output = new CellOutput(reply, message, request.isStdinEnabled());
    JsonObject content = run(number, request, output, silent);
    content.addProperty("execution_count", number);
    screen.flush();
    output.flush();
    boolean failed = "error".equals(content.get("status").getAsString());
    if (failed && request.shouldStopOnError()) {
      queue.abortWaiting();
    }
    send(reply, message, MessageType.EXECUTE_REPLY, content);
  }

  private JsonObject run(int number, ExecuteRequest request, CellOutput output, boolean silent) {
    streams.running(output);
    streams.enter(output);
    tellOfDeadKernel(silent);
    running.begin(number, request.getCode());
    if (!magics.isDone()) {
      JavaShell.prepare();
    }
    String shown = "";
    try {
      Cell cell = cell(number, request.getCode(), output);
      Result result = magics.join().run(cell);
      if (result.shown() && !silent) {
        View view = view(cell, result.value());
        shown = view.content().getOrDefault("text/plain", "");
        screen.flush(); // a bar's last state comes before the result
        output.publish(new PublishExecuteResult(number, NotebookScreen.data(view, null)));
      }
      return succeeded(request, number, output);
    } catch (CellFailure e) {
      if (!silent) {
        output.publish(new PublishError(e.name(), e.sentence(), e.lines()));
      }
      return failed(e);
    } finally {
      streams.running(null);
      running.end(); // before the reply, after which the cell is over for everybody
      if (!silent && request.shouldStoreHistory()) {
        history.add(number, request.getCode(), shown);
      }
    }
  }

  private void tellOfDeadKernel(boolean silent) {
    String account = silent ? null : running.tellOnce();
    if (account != null) {
      System.err.println(account);
    }
  }

  private Cell cell(int number, String source, CellOutput output) {
    return new Cell(number, source, () -> streams.enter(output), System.err::println);
  }

  /** To show a value may run code of the user; not one of Java's own plain values. */
  private View view(Cell cell, @Nullable Object value) throws CellFailure {
    return isPlain(value) ? view(value) : shell.join().onCellThread(cell, () -> view(value));
  }

  private static boolean isPlain(@Nullable Object value) {
    return value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Character
        || (value instanceof Number && value.getClass().getName().startsWith("java.lang."));
  }

  private static View view(@Nullable Object value) {
    return value == null ? View.text("null") : Views.of(value);
  }

  private JsonObject succeeded(ExecuteRequest request, int number, CellOutput output) {
    var expressions = new JsonObject();
    if (request.getUserExpr() != null) {
      request
          .getUserExpr()
          .forEach((name, source) -> expressions.add(name, expression(number, source, output)));
    }
    var content = new JsonObject();
    content.addProperty("status", "ok");
    content.add("user_expressions", expressions);
    content.add("payload", new JsonArray());
    return content;
  }

  private JsonObject expression(int number, String source, CellOutput output) {
    try {
      Cell cell = cell(number, source, output);
      View view = view(cell, shell.join().run(cell).value());
      var json = new Gson().toJsonTree(NotebookScreen.data(view, null)).getAsJsonObject();
      json.addProperty("status", "ok");
      return json;
    } catch (CellFailure e) {
      return failed(e);
    }
  }

  private static JsonObject failed(CellFailure failure) {
    var lines = new JsonArray();
    failure.lines().forEach(lines::add);
    var content = new JsonObject();
    content.addProperty("status", "error");
    content.addProperty("ename", failure.name());
    content.addProperty("evalue", failure.sentence());
    content.add("traceback", lines);
    return content;
  }

  private void info(MessageContext request, ReplyEnvironment reply) {
    send(reply, request, MessageType.KERNEL_INFO_REPLY, KernelInfo.content());
  }

  private void complete(Message<CompleteRequest> request, ReplyEnvironment reply) {
    String code = request.getContent().getCode();
    int cursor = Characters.toUtf16(code, request.getContent().getCursorPos());
    Completion found = magics.join().complete(code, cursor);
    int start = Characters.toCodePoints(code, found.start());
    int end = Characters.toCodePoints(code, found.end());
    reply.reply(new CompleteReply(found.matches(), start, end, Map.of()));
  }

  private void inspect(Message<InspectRequest> request, ReplyEnvironment reply) {
    InspectRequest asked = request.getContent();
    int cursor = Characters.toUtf16(asked.getCode(), asked.getCursorPos());
    boolean detailed = asked.getDetailLevel() > 0;
    String text = magics.join().describe(asked.getCode(), cursor, detailed);
    var data = text == null ? new DisplayData() : new DisplayData(text);
    reply.reply(new InspectReply(text != null, data));
  }

  private void isComplete(Message<IsCompleteRequest> request, ReplyEnvironment reply) {
    Completeness completeness =
        shell.join().completeness(Magics.java(request.getContent().getCode()));
    reply.reply(
        switch (completeness.state()) {
          case COMPLETE -> IsCompleteReply.VALID_CODE;
          case INVALID -> IsCompleteReply.INVALID_CODE;
          case INCOMPLETE -> IsCompleteReply.getIncompleteReplyWithIndent(completeness.indent());
        });
  }

  private void history(Message<HistoryRequest> request, ReplyEnvironment reply) {
    send(reply, request, MessageType.HISTORY_REPLY, history.reply(request.getContent()));
  }

  private void interrupt(MessageContext request, ReplyEnvironment reply) {
    shell.thenAccept(JavaShell::interrupt);
    send(reply, request, MessageType.INTERRUPT_REPLY, new JsonObject());
  }

  private void shutdown(Message<ShutdownRequest> request, ReplyEnvironment reply) {
    var content = new JsonObject();
    content.addProperty("restart", request.getContent().isRestart());
    send(reply, request, MessageType.SHUTDOWN_REPLY, content);
    reply.defer(connection::close);
  }

  /** Sends a reply whose content the base library has no complete class for. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // the content is JSON already
  private static void send(
      ReplyEnvironment reply, MessageContext request, MessageType<?> type, JsonObject content) {
    reply.reply(new Message(request, type, content));
  }

  void display(String id, Object value) {
    screen.show(id, view(value));
  }

  void update(String id, Object value) {
    screen.update(id, view(value));
  }

  void clearOutput(boolean beforeNext) {
    publishHere(beforeNext ? PublishClearOutput.BEFORE_NEXT_OUTPUT : PublishClearOutput.NOW);
  }

  String ask(String prompt, boolean password) {
    return streams.ask(prompt, password);
  }

  private <T extends ContentType<T>> void publishHere(T content) {
    CellOutput cell = streams.here();
    if (cell != null) {
      cell.publish(content);
    }
  }
}
