package org.maskmine.kernel.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Message;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  @Test
  void counts_what_it_drops_and_takes_the_next_message_that_is_signed() throws Exception {
    KernelConnectionProperties properties = properties();
    var taken = new LinkedBlockingQueue<Message<?>>();
    var connection = new Connection(properties, (request, reply) -> taken.add(request));
    connection.open();
    var client = new KernelClient(properties);
    try {
      for (int n = 0; n < 300; n++) {
        client.sendRaw(frames("<IDS|MSG>", "f".repeat(64), "{}", "{}", "{}", "{}"));
      }
      client.sendRaw(frames("no message"));
      String id = client.request("kernel_info_request", new JsonObject());
      Message<?> first = taken.poll(30, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(first.getHeader().getId()).isEqualTo(id);
      assertThat(connection.ignored()).isEqualTo(301);
    } finally {
      client.close();
    }
  }

  private static List<byte[]> frames(String... texts) {
    var frames = new ArrayList<byte[]>();
    for (String text : texts) {
      frames.add(text.getBytes(StandardCharsets.US_ASCII));
    }
    return frames;
  }

  private static KernelConnectionProperties properties() throws IOException {
    int[] ports = new int[5];
    var held = new ArrayList<ServerSocket>();
    for (int i = 0; i < ports.length; i++) {
      held.add(new ServerSocket(0));
      ports[i] = held.get(i).getLocalPort();
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    return new KernelConnectionProperties(
        "127.0.0.1",
        ports[0],
        ports[1],
        ports[2],
        ports[3],
        ports[4],
        "tcp",
        "hmac-sha256",
        UUID.randomUUID().toString());
  }
}
