package org.maskmine.cluster.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.maskmine.UserError;

/** Asks Spark's own masters whether they are there; Spark itself would try for a minute. */
final class Masters {
  private static final String STANDALONE = "spark://";
  private static final Pattern ADDRESS = Pattern.compile("([^:,/]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
  private static final int PATIENCE_MS = 5000;

  private Masters() {}

  /**
   * Refuses a standalone master that does not answer; other masters are asked by Spark.
   *
   * @throws UserError with the address and the reason
   */
  static void requireReachable(String master) {
    if (!master.startsWith(STANDALONE)) {
      return;
    }
    String reason = "";
    for (String address : List.of(master.substring(STANDALONE.length()).split(","))) {
      Matcher parts = ADDRESS.matcher(address);
      if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65535) {
        throw new UserError(master + ": must be spark://HOST:PORT, such as spark://host:7077");
      }
      try (var socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2))), PATIENCE_MS);
        return;
      } catch (IOException e) {
        reason = String.valueOf(e.getMessage());
      }
    }
    throw new UserError(
        master
            + ": no Spark master answers there ("
            + reason
            + "); start it, or take the address that its page shows");
  }
}
