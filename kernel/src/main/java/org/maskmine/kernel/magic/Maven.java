package org.maskmine.kernel.magic;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.maskmine.UserError;

/** Finds libraries as Maven does: its local repository, settings, mirrors and proxies. */
final class Maven {
  private Maven() {}

  /**
   * The jars of libraries and of all they need at run time.
   *
   * @param coordinates each {@code group:artifact[:extension[:classifier]]:version}
   * @throws UserError where one is no coordinate or cannot be found
   */
  static List<Path> resolve(List<String> coordinates) {
    List<Dependency> wanted = coordinates.stream().map(Maven::dependency).toList();
    var settings = ContextOverrides.create().withUserSettings(true).build();
    try (Context context = Runtimes.INSTANCE.getRuntime().create(settings)) {
      return resolve(wanted, context);
    }
  }

  private static Dependency dependency(String coordinates) {
    try {
      return new Dependency(new DefaultArtifact(coordinates), JavaScopes.RUNTIME);
    } catch (IllegalArgumentException e) {
      throw new UserError(
          "%maven "
              + coordinates
              + ": must be group:artifact:version, for example com.google.guava:guava:33.4.8-jre",
          e);
    }
  }

  private static List<Path> resolve(List<Dependency> wanted, Context context) {
    var collect = new CollectRequest();
    wanted.forEach(collect::addDependency);
    collect.setRepositories(context.remoteRepositories());
    var request =
        new DependencyRequest(
            collect, DependencyFilterUtils.classpathFilter(JavaScopes.COMPILE, JavaScopes.RUNTIME));
    try {
      return context
          .repositorySystem()
          .resolveDependencies(context.repositorySystemSession(), request)
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .map(Artifact::getFile)
          .map(file -> file.toPath())
          .filter(file -> file.toString().endsWith(".jar"))
          .toList();
    } catch (DependencyResolutionException e) {
      throw missing(e, context);
    }
  }

  private static UserError missing(DependencyResolutionException failure, Context context) {
    String what =
        failure.getResult().getArtifactResults().stream()
            .filter(ArtifactResult::isMissing)
            .map(each -> each.getRequest().getArtifact().toString())
            .collect(Collectors.joining(", "));
    if (what.isEmpty()) {
      what =
          failure.getResult().getRequest().getCollectRequest().getDependencies().stream()
              .map(each -> each.getArtifact().toString())
              .collect(Collectors.joining(", "));
    }
    String where =
        context.remoteRepositories().stream()
            .map(RemoteRepository::getId)
            .collect(Collectors.joining(", "));
    return new UserError(
        "%maven: not found: "
            + what
            + "; looked in "
            + context.repositorySystemSession().getLocalRepository().getBasedir()
            + " and in "
            + where
            + "; check the coordinates, the network and Maven's settings.xml",
        failure);
  }
}
