package org.maskmine.cluster.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** What this room knows: the core and Spark. */
class ClusterHouseTest {
  @Test
  void the_cluster_knows_the_core_and_spark_alone() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.maskmine.cluster");
    assertThat(classes).isNotEmpty();
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.maskmine.dsl..",
            "org.maskmine.kernel..",
            "org.maskmine.engine.torch..",
            "org.maskmine.engine.dl4j..")
        .check(classes);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "org.maskmine..", "org.apache.spark..", "scala..", "java..", "org.jspecify..", "")
        .check(classes);
  }

  @Test
  void java_is_started_with_the_flags_that_this_spark_asks_for() throws IOException {
    assertThat(Files.readAllLines(Path.of("src/main/spark/java.flags")))
        .isEqualTo(List.of(JavaModuleOptions.defaultModuleOptions().strip().split("\\s+")));
  }
}
