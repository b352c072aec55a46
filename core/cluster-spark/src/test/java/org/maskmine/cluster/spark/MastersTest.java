package org.maskmine.cluster.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hadoop.net.ConnectTimeoutException;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

/** What a notebook says where Spark fails on YARN, from exceptions as Hadoop itself wraps them. */
class MastersTest {
  private static final String REACH =
      "); check that it runs, and that HADOOP_CONF_DIR holds its configuration";
  private static final String CHANGE =
      "; change Spark's settings, such as spark.yarn.queue, or ask those who run the cluster";

  private static String said(Exception reason) {
    return String.valueOf(Masters.untaken(reason).getMessage());
  }

  /** From host "here" to port 8032 of "rm"; Hadoop adds a wiki's address. */
  private static IOException wrapped(IOException reason) {
    return NetUtils.wrapException("rm", 8032, "here", 0, reason);
  }

  @Test
  void a_cluster_that_does_not_answer_cannot_be_reached() {
    assertThat(said(wrapped(new ConnectException("Connection refused"))))
        .isEqualTo(
            "yarn: its cluster cannot be reached (Call From here to rm:8032 failed on connection"
                + " exception: java.net.ConnectException: Connection refused"
                + REACH);
    assertThat(said(wrapped(new UnknownHostException("rm"))))
        .isEqualTo(
            "yarn: its cluster cannot be reached (Invalid host name: local host is: \"here\";"
                + " destination host is: \"rm\":8032; java.net.UnknownHostException: rm"
                + REACH);
    assertThat(said(wrapped(new NoRouteToHostException("No route to host"))))
        .isEqualTo(
            "yarn: its cluster cannot be reached (No Route to Host from  here to rm:8032 failed on"
                + " socket timeout exception: java.net.NoRouteToHostException: No route to host"
                + REACH);
    assertThat(said(wrapped(new SocketTimeoutException("20000 millis timeout"))))
        .isEqualTo(
            "yarn: its cluster cannot be reached (Call From here to rm:8032 failed on socket timeout"
                + " exception: java.net.SocketTimeoutException: 20000 millis timeout"
                + REACH);
  }

  @Test
  void what_does_not_answer_is_found_among_the_causes() {
    assertThat(said(new IOException("failover failed", new ConnectTimeoutException("20 s"))))
        .isEqualTo("yarn: its cluster cannot be reached (failover failed" + REACH);
    assertThat(said(new IllegalArgumentException(new UnknownHostException("rm"))))
        .isEqualTo(
            "yarn: its cluster cannot be reached (java.net.UnknownHostException: rm" + REACH);
  }

  @Test
  void what_a_cluster_refuses_is_said_by_its_first_line_and_not_called_out_of_reach() {
    assertThat(said(new FileNotFoundException("File file:/staging does not exist")))
        .isEqualTo("yarn: did not take the study: File file:/staging does not exist" + CHANGE);
    assertThat(
            said(
                new AccessControlException(
                    "User ana does not have permission to submit to queue default\n"
                        + "\tat org.apache.hadoop.yarn.server.resourcemanager.RMAppManager\n")))
        .isEqualTo(
            "yarn: did not take the study: User ana does not have permission to submit to queue"
                + " default"
                + CHANGE);
    assertThat(
            said(
                new YarnException(
                    "\nFailed to submit application_1_0001 to YARN : unknown queue: night.\r\n")))
        .isEqualTo(
            "yarn: did not take the study: Failed to submit application_1_0001 to YARN : unknown"
                + " queue: night"
                + CHANGE);
    assertThat(said(new SparkException("Application failed 2 times:\n[container 1]\nexit 1")))
        .isEqualTo("yarn: did not take the study: Application failed 2 times" + CHANGE);
  }

  @Test
  void an_exception_without_words_is_named() {
    assertThat(said(new EOFException()))
        .isEqualTo("yarn: did not take the study: EOFException" + CHANGE);
    assertThat(said(new IOException("\n")))
        .isEqualTo("yarn: did not take the study: IOException" + CHANGE);
  }
}
