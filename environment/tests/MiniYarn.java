import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** A YARN cluster of one node; writes its configuration into a folder, and runs until its input ends. */
class MiniYarn {
  public static void main(String[] folder) throws Exception {
    var wanted = new YarnConfiguration();
    wanted.setFloat("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", 100);
    wanted.setBoolean("yarn.nodemanager.vmem-check-enabled", false);
    wanted.setBoolean("yarn.nodemanager.pmem-check-enabled", false);
    wanted.setInt("yarn.scheduler.minimum-allocation-mb", 128);
    wanted.setInt("yarn.nodemanager.resource.memory-mb", 6144);
    wanted.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    wanted.set("yarn.scheduler.capacity.root.queues", "default");
    wanted.setInt("yarn.scheduler.capacity.root.default.capacity", 100);
    wanted.set("yarn.nodemanager.env-whitelist", "JAVA_HOME,PATH");
    try (var cluster = new MiniYARNCluster("maskmine", 1, 1, 1)) {
      cluster.init(wanted);
      cluster.start();
      if (!cluster.waitForNodeManagersToConnect(60_000)) {
        throw new IllegalStateException("its node does not come up");
      }
      Path conf = Files.createDirectories(Path.of(folder[0]));
      for (String file : new String[] {"core-site.xml", "yarn-site.xml"}) {
        try (OutputStream out = Files.newOutputStream(conf.resolve(file))) {
          cluster.getConfig().writeXml(out);
        }
      }
      System.out.println("ready");
      System.in.read();
    }
    System.exit(0);
  }
}
