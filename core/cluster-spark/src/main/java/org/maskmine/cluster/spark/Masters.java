package org.maskmine.cluster.spark;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.maskmine.UserError;
import org.maskmine.Worker;

/** Finds clusters, and says in a sentence why one cannot be found. */
final class Masters {
  private static final String STANDALONE = "spark://";
  private static final String YARN = "yarn";
  private static final Pattern ADDRESS = Pattern.compile("([^:,/]+|\\[[0-9a-fA-F:]+]):(\\d{1,5})");
  private static final int PATIENCE_MS = 5000;

  /** How Java says, and Hadoop around it, that a machine does not answer. */
  private static final List<Class<? extends IOException>> UNREACHABLE =
      List.of(
          ConnectException.class,
          NoRouteToHostException.class,
          SocketTimeoutException.class,
          UnknownHostException.class);

  /** As long as Spark tries, whose client knows no other measure, and a little less. */
  private static final long GIVES_UP_NANOS = TimeUnit.SECONDS.toNanos(55);

  /** How an application is called that no master has given a name. */
  private static final String UNNAMED = "spark-application-";

  private Masters() {}

  /**
   * Connects to Spark.
   *
   * @throws UserError where a standalone master is there, but does not answer as ours would, or a
   *     YARN cluster is not there or does not take the study
   */
  static JavaSparkContext connect(SparkConf conf) {
    String master = conf.get("spark.master", "");
    boolean standalone = master.startsWith(STANDALONE);
    long begun = System.nanoTime();
    try {
      var spark = new JavaSparkContext(conf);
      if (standalone && spark.sc().applicationId().startsWith(UNNAMED)) {
        spark.close();
        throw unanswered(conf);
      }
      return spark;
    } catch (Exception e) {
      // Which one it is depends on which of Spark's threads gives up first; Scala declares none.
      if (standalone && System.nanoTime() - begun > GIVES_UP_NANOS) {
        throw unanswered(conf);
      }
      throw master.equals(YARN) && isRefusal(e) ? untaken(e) : Worker.rethrown(e);
    }
  }

  /** Whether it is how Hadoop refuses, or Spark for it, and no bug. */
  private static boolean isRefusal(Exception e) {
    return !(e instanceof RuntimeException) || e instanceof IllegalArgumentException;
  }

  /** What is said where YARN has not taken the study for this reason. */
  static UserError untaken(Exception reason) {
    String said = firstLine(reason);
    return new UserError(
        YARN
            + (isUnreachable(reason)
                ? ": its cluster cannot be reached ("
                    + said
                    + "); check that it runs, and that HADOOP_CONF_DIR holds its configuration"
                : ": did not take the study: "
                    + said
                    + "; change Spark's settings, such as spark.yarn.queue, or ask those who run"
                    + " the cluster"),
        reason);
  }

  private static boolean isUnreachable(@Nullable Throwable reason) {
    return reason != null
        && (UNREACHABLE.stream().anyMatch(kind -> kind.isInstance(reason))
            || isUnreachable(reason.getCause()));
  }

  /** Of what may be a whole report, and without the address of Hadoop's wiki. */
  private static String firstLine(Exception reason) {
    String message = Objects.requireNonNullElse(reason.getMessage(), "").strip();
    return (message.isEmpty() ? reason.getClass().getSimpleName() : message)
        .replaceFirst("\\s*\\R(?s:.*)", "")
        .replaceFirst("(; +For more details.*|[.;:]+)$", "");
  }

  private static UserError unanswered(SparkConf conf) {
    return new UserError(
        conf.get("spark.master")
            + ": the master there has not taken the study within a minute; it must have the Spark"
            + " of this program, "
            + StudyPlugin.SPARK
            + ", and find this machine: set SPARK_HOME to the Spark that is installed with it before"
            + " starting Jupyter, or spark.driver.host to an address of this machine");
  }

  /**
   * Refuses a standalone master that does not answer, for which Spark itself would try a minute;
   * other masters are asked by Spark.
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
