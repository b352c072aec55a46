package org.maskmine.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The front end's side: sends requests, and reads replies and outputs as JSON. For one thread. */
public final class KernelClient implements AutoCloseable {
  private static final String DELIMITER = "<IDS|MSG>";

  private final Gson gson = new Gson();
  private final String session = UUID.randomUUID().toString();
  private final ZMQ.Context context = ZMQ.context(1);
  private final Wire wire;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket input;
  private final ZMQ.Socket outputs;

  /**
   * A message as it came.
   *
   * @param type what it is, such as {@code execute_reply}
   * @param parent the id of the request it belongs to; empty where it belongs to none
   * @param content its content
   */
  public record Received(String type, String parent, JsonObject content) {
    /** A text of its content, empty where there is none of that name. */
    public String text(String name) {
      return content.has(name) ? content.get(name).getAsString() : "";
    }
  }

  /** Connects to the kernel that a connection file describes. */
  public KernelClient(KernelConnectionProperties kernel) {
    try {
      HMACGenerator signer = kernel.createHMACGenerator();
      wire = new Wire(signer);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("signature scheme " + kernel.getSignatureScheme(), e);
    }
    outputs = connect(SocketType.SUB, Channel.address(kernel, kernel.getIopubPort()));
    outputs.subscribe(new byte[0]);
    shell = connect(SocketType.DEALER, Channel.address(kernel, kernel.getShellPort()));
    control = connect(SocketType.DEALER, Channel.address(kernel, kernel.getControlPort()));
    input = connect(SocketType.DEALER, Channel.address(kernel, kernel.getStdinPort()));
  }

  private ZMQ.Socket connect(SocketType type, String address) {
    ZMQ.Socket socket = context.socket(type);
    socket.setIdentity(session.getBytes(StandardCharsets.US_ASCII));
    socket.setRcvHWM(0);
    socket.setLinger(0);
    socket.connect(address);
    return socket;
  }

  /**
   * Sends a request through the shell channel.
   *
   * @return its id
   */
  public String request(String type, JsonObject content) {
    return send(shell, type, content);
  }

  /**
   * Sends a request through the control channel.
   *
   * @return its id
   */
  public String command(String type, JsonObject content) {
    return send(control, type, content);
  }

  /** Answers a request for input. */
  public void answerInput(String value) {
    var content = new JsonObject();
    content.addProperty("value", value);
    content.addProperty("status", "ok");
    send(input, "input_reply", content);
  }

  /** Sends a cell; returns its id. */
  public String execute(String code) {
    var content = new JsonObject();
    content.addProperty("code", code);
    content.addProperty("silent", false);
    content.addProperty("store_history", true);
    content.addProperty("allow_stdin", true);
    content.addProperty("stop_on_error", true);
    content.add("user_expressions", new JsonObject());
    return request("execute_request", content);
  }

  /** The reply to a request, null where none comes in time. */
  public @Nullable Received reply(String request, Duration limit) {
    return await(shell, limit, message -> message.parent().equals(request));
  }

  /** The reply to a command, null where none comes in time. */
  public @Nullable Received commandReply(String request, Duration limit) {
    return await(control, limit, message -> message.parent().equals(request));
  }

  /** The next request for input, null where none comes in time. */
  public @Nullable Received inputRequest(Duration limit) {
    return await(input, limit, message -> true);
  }

  /** The next output of any request, null where none comes in time. */
  public @Nullable Received output(Duration limit) {
    return await(outputs, limit, message -> true);
  }

  /** All outputs of a request until the kernel is idle again, or the time is over. */
  public List<Received> outputs(String request, Duration limit) {
    var found = new ArrayList<Received>();
    long end = System.nanoTime() + limit.toNanos();
    Received next = await(outputs, limit, message -> message.parent().equals(request));
    while (next != null && !next.text("execution_state").equals("idle")) {
      if (!next.type().equals("status")) {
        found.add(next);
      }
      next = await(outputs, until(end), message -> message.parent().equals(request));
    }
    return found;
  }

  /**
   * Waits until a starting kernel answers and its outputs arrive.
   *
   * @return whether it did in time
   */
  public boolean awaitKernel(Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      String id = request("kernel_info_request", new JsonObject());
      Predicate<Received> mine = message -> message.parent().equals(id);
      Received reply = await(shell, until(end), mine);
      if (reply != null && await(outputs, Duration.ofMillis(200), mine) != null) {
        return true;
      }
    }
    return false;
  }

  private static Duration until(long nanoTime) {
    return Duration.ofNanos(nanoTime - System.nanoTime());
  }

  private String send(ZMQ.Socket socket, String type, JsonObject content) {
    var header = new JsonObject();
    var id = UUID.randomUUID().toString();
    header.addProperty("msg_id", id);
    header.addProperty("session", session);
    header.addProperty("username", "maskmine");
    header.addProperty("date", Instant.now().toString());
    header.addProperty("msg_type", type);
    header.addProperty("version", Header.PROTOCOL_VERISON);
    byte[] empty = bytes(new JsonObject());
    sendFrames(socket, wire.signed(bytes(header), empty, empty, bytes(content)));
    return id;
  }

  /** Sends frames through the shell channel as they are. */
  public void sendRaw(List<byte[]> frames) {
    sendFrames(shell, frames);
  }

  private static void sendFrames(ZMQ.Socket socket, List<byte[]> frames) {
    int last = frames.size() - 1;
    frames.subList(0, last).forEach(socket::sendMore);
    socket.send(frames.get(last));
  }

  private byte[] bytes(JsonObject json) {
    return gson.toJson(json).getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable Received await(ZMQ.Socket socket, Duration limit, Predicate<Received> wanted) {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      long left = (end - System.nanoTime()) / 1_000_000;
      socket.setReceiveTimeOut((int) Math.max(0, left));
      byte[] first = socket.recv();
      if (first == null) {
        return null;
      }
      Received message = read(socket, first);
      if (wanted.test(message)) {
        return message;
      }
    }
  }

  private Received read(ZMQ.Socket socket, byte[] first) {
    var frames = new ArrayList<>(List.of(first));
    while (socket.hasReceiveMore()) {
      frames.add(socket.recv());
    }
    int at = 0;
    while (!Arrays.equals(frames.get(at), DELIMITER.getBytes(StandardCharsets.US_ASCII))) {
      at++;
    }
    JsonObject header = json(frames.get(at + 2));
    JsonObject parent = json(frames.get(at + 3));
    String parentId = parent.has("msg_id") ? parent.get("msg_id").getAsString() : "";
    return new Received(header.get("msg_type").getAsString(), parentId, json(frames.get(at + 5)));
  }

  private JsonObject json(byte[] frame) {
    return gson.fromJson(new String(frame, StandardCharsets.UTF_8), JsonObject.class);
  }

  /** Lines of text in an array of a message's content. */
  public static List<String> strings(JsonArray array) {
    return array.asList().stream().map(element -> element.getAsString()).toList();
  }

  /** Disconnects. */
  @Override
  public void close() {
    List.of(shell, control, input, outputs).forEach(ZMQ.Socket::close);
    context.close();
  }
}
