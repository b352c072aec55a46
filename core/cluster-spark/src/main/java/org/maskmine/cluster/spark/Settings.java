package org.maskmine.cluster.spark;

import org.apache.spark.SparkConf;

/** What Spark is told beside what the user says; only what a study stands on cannot be changed. */
final class Settings {
  private static final String TASK_CORES = "spark.task.cpus";

  private Settings() {}

  static SparkConf with(SparkConf user) {
    var conf = new SparkConf(false).setAppName("Maskmine study");
    conf.set("spark.ui.enabled", "false");
    // As many threads as the training has cores, or else the same study gives other numbers.
    conf.set("spark.executorEnv.OMP_NUM_THREADS", user.get(TASK_CORES, "1"));
    conf.set("spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");
    conf.set("spark.executorEnv.CUDA_DEVICE_ORDER", "PCI_BUS_ID");
    for (var setting : user.getAll()) {
      conf.set(setting._1(), setting._2());
    }
    // Two processes must not train one run.
    conf.set("spark.speculation", "false");
    conf.set("spark.plugins", StudyPlugin.class.getName());
    return conf;
  }
}
