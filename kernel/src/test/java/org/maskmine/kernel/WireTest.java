package org.maskmine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.junit.jupiter.api.Test;

/** What strangers, and front ends gone wrong, send. */
class WireTest extends InNotebook {
  private static final String HEADER =
      "{\"msg_id\":\"1\",\"session\":\"s\",\"username\":\"u\",\"date\":\"2026-01-01T00:00:00Z\","
          + "\"msg_type\":\"execute_request\",\"version\":\"5.3\"}";
  private static final String CELL =
      "{\"code\":\"System.out.println(\\\"let in\\\");\",\"silent\":false,\"store_history\":true,"
          + "\"user_expressions\":{},\"allow_stdin\":true,\"stop_on_error\":true}";

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<byte[]> message(String signature, String... parts) {
    var frames = new ArrayList<>(List.of(bytes("<IDS|MSG>"), bytes(signature)));
    for (String part : parts) {
      frames.add(bytes(part));
    }
    return frames;
  }

  private static String signature(String... parts) throws GeneralSecurityException {
    byte[][] all = new byte[parts.length][];
    for (int i = 0; i < parts.length; i++) {
      all[i] = bytes(parts[i]);
    }
    return notebook.connection.createHMACGenerator().calculateSignature(all);
  }

  @Test
  void runs_no_cell_whose_signature_is_wrong_missing_or_of_another_message()
      throws GeneralSecurityException {
    String right = signature(HEADER, "{}", "{}", CELL);
    String wrong = (right.charAt(0) == '0' ? '1' : '0') + right.substring(1);
    List<String> signatures =
        List.of("", "0", wrong, right.substring(1), right + "0", right.toUpperCase(Locale.ROOT));
    for (String each : signatures) {
      notebook.client.sendRaw(message(each, HEADER, "{}", "{}", CELL));
    }
    notebook.client.sendRaw(message(right, HEADER, "{}", "{\"a\":1}", CELL));
    Notebooks.Outcome own = notebook.run("40 + 2");
    assertThat(own.result()).isEqualTo("42");
    assertThat(own.stdout()).isEmpty();
    assertThat(notebook.run("41 + 2").reply().get("execution_count").getAsInt())
        .isEqualTo(own.reply().get("execution_count").getAsInt() + 1);
  }

  @Test
  void survives_thousands_of_malformed_messages() throws GeneralSecurityException {
    var random = new Random(4);
    for (int i = 0; i < 5_000; i++) {
      notebook.client.sendRaw(malformed(random));
    }
    assertThat(notebook.run("43").result()).isEqualTo("43");
    assertThat(notebook.complete("Math.hyp")).containsExactly("hypot(");
  }

  /** Frames lost, doubled and damaged; half of them rightly signed, and so read to the end. */
  private static List<byte[]> malformed(Random random) throws GeneralSecurityException {
    String[] parts = {HEADER, "{}", "{}", CELL};
    int part = random.nextInt(parts.length);
    parts[part] = damaged(parts[part], random);
    String signature = random.nextBoolean() ? signature(parts) : "f".repeat(64);
    List<byte[]> frames = message(signature, parts);
    switch (random.nextInt(4)) {
      case 0 -> frames.remove(random.nextInt(frames.size()));
      case 1 -> frames.subList(random.nextInt(frames.size() - 1) + 1, frames.size()).clear();
      case 2 -> frames.add(random.nextInt(frames.size()), new byte[random.nextInt(50)]);
      default -> {}
    }
    return frames;
  }

  private static String damaged(String json, Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> json.substring(0, random.nextInt(json.length()));
      case 1 -> "null";
      case 2 -> "[".repeat(1 + random.nextInt(20_000));
      case 3 -> json.replace("\"code\"", "\"cod\"").replace("execute", "exe\0cute");
      case 4 -> json.replace('{', '[').replace('}', ']');
      default -> json.replace(":", ":\uD800");
    };
  }

  @Test
  void survives_those_who_speak_no_zeromq() throws IOException {
    var random = new Random(5);
    KernelConnectionProperties at = notebook.connection;
    for (int port :
        new int[] {at.getShellPort(), at.getControlPort(), at.getIopubPort(), at.getHbPort()}) {
      for (int i = 0; i < 50; i++) {
        byte[] noise = new byte[random.nextInt(3000)];
        random.nextBytes(noise);
        try (var socket = new Socket(at.getIp(), port)) {
          socket.getOutputStream().write(noise);
        } catch (IOException e) {
          assertThat(e).hasMessageMatching(".*(reset|Broken pipe).*"); // the kernel hung up
        }
      }
    }
    assertThat(notebook.run("44").result()).isEqualTo("44");
  }

  @Test
  void listens_at_the_address_of_the_connection_file_alone() throws IOException {
    var elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    KernelConnectionProperties at = notebook.connection;
    for (int port :
        new int[] {
          at.getShellPort(),
          at.getControlPort(),
          at.getIopubPort(),
          at.getHbPort(),
          at.getStdinPort()
        }) {
      new Socket(at.getIp(), port).close();
      try (var socket = new Socket()) {
        Assertions.assertThatThrownBy(
                () -> socket.connect(new InetSocketAddress(elsewhere, port), 2000))
            .hasMessageContaining("refused");
      }
    }
  }
}
