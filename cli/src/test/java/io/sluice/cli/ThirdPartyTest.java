package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever stands on a class path has its licence in the list, and runs on Java 17. */
class ThirdPartyTest {
  private static final Path ROOT = Path.of("..");
  private static final Path CLUSTER = Path.of(System.getProperty("sluice.cluster"));

  /** The class files of Java 17. */
  private static final int MAJOR_VERSION = 61;

  /** Where tests' own libraries lie in a repository. */
  private static final Pattern OF_TESTS =
      Pattern.compile(
          "/(org/junit|org/opentest4j|org/apiguardian|net/jqwik|org/assertj|net/bytebuddy|com/tngtech|"
              + "[^/]+/flink-test-utils[^/]*|org/hamcrest|junit)/|-tests\\.jar$");

  /** Jars of a Maven repository by their artifacts. */
  private static Map<String, Path> jars() throws IOException {
    String all =
        String.join(
            ":",
            System.getProperty("java.class.path"),
            Files.readString(Path.of(System.getProperty("sluice.broker.classpath"))).strip(),
            Files.readString(CLUSTER.resolve("classpath.txt")).strip());
    Map<String, Path> jars = new TreeMap<>();
    for (String entry : all.split(":")) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && jar.getNameCount() > 3 && !OF_TESTS.matcher(entry).find()) {
        Path version = jar.getParent();
        String artifact = version.getParent().getFileName().toString();
        if (jar.getFileName().toString().startsWith(artifact + "-" + version.getFileName())
            && !artifact.startsWith("sluice-")) {
          jars.put(artifact, jar);
        }
      }
    }
    assertThat(jars).containsKeys("flink-runtime", "kafka_2.13", "flink-container", "picocli");
    return jars;
  }

  @Test
  void everyJarHasItsLicence() throws IOException {
    String list = Files.readString(ROOT.resolve("THIRD-PARTY.txt"));
    String onClassPaths = list.substring(0, list.indexOf("NOT ON ANY CLASS PATH"));
    Set<String> unnamed = new TreeSet<>();
    for (String artifact : jars().keySet()) {
      Matcher named =
          Pattern.compile("(?m)(^|[ ])" + Pattern.quote(artifact) + "[*+]?($|[ ])")
              .matcher(onClassPaths);
      if (!named.find()) {
        unnamed.add(artifact);
      }
    }
    assertThat(unnamed).isEmpty();
  }

  @Test
  void everyJarRunsOnTheOldestJavaThatSluiceDoes() throws IOException {
    Set<String> newer = new TreeSet<>();
    for (Path jar : jars().values()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (Enumeration<JarEntry> entries = file.entries(); entries.hasMoreElements(); ) {
          JarEntry entry = entries.nextElement();
          boolean isClass = entry.getName().endsWith(".class");
          // There is what a newer Java finds beside, and what is for modules only.
          boolean isAside =
              entry.getName().startsWith("META-INF/") || entry.getName().contains("module-info");
          if (isClass && !isAside && majorVersion(file, entry) > MAJOR_VERSION) {
            newer.add(jar.getFileName() + " " + entry.getName());
          }
        }
      }
    }
    assertThat(newer).isEmpty();
  }

  private static int majorVersion(JarFile jar, JarEntry classFile) throws IOException {
    try (DataInputStream in = new DataInputStream(jar.getInputStream(classFile))) {
      assertThat(in.readInt()).isEqualTo(0xCAFEBABE);
      in.readUnsignedShort();
      return in.readUnsignedShort();
    }
  }

  @Test
  void theJobsJarCarriesTheLicencesOfWhatIsInIt() throws IOException {
    Path jar = CLUSTER.resolve("sluice-job.jar");
    assumeTrue(Files.exists(jar), "it is made when the module cluster is packaged");
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String name : new String[] {"LICENSE", "THIRD-PARTY.txt"}) {
        JarEntry entry = file.getJarEntry("META-INF/" + name);
        assertThat(entry).as(name).isNotNull();
        assertThat(file.getInputStream(entry).readAllBytes())
            .isEqualTo(Files.readAllBytes(ROOT.resolve(name)));
      }
      assertThat(file.getEntry("ThirdPartyNotices.txt")).as("of onnxruntime").isNotNull();
    }
  }
}
