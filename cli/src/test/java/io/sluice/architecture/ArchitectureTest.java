package io.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Which module may know which, and what the domain may not do.
 *
 * <p>The build files already keep a module from compiling against one it does not depend on; these
 * rules keep a dependency added to a build file from going unnoticed, and hold the domain to being
 * a function of its arguments: the same inputs give the same bytes on every machine, every replay.
 */
@AnalyzeClasses(
    packages = "io.sluice",
    locations = ArchitectureTest.BrokerClasses.class,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String DOMAIN = "io.sluice.domain..";
  private static final String SCORING = "io.sluice.scoring..";
  private static final String OPERATORS = "io.sluice.operators..";
  private static final String CEP = "io.sluice.cep..";
  private static final String SINKS = "io.sluice.sinks..";
  private static final String JOBS = "io.sluice.jobs..";
  private static final String CLI = "io.sluice.cli..";
  private static final String BROKER = "io.sluice.broker..";

  /** The broker is on no other module's class path, this one's included. */
  static final class BrokerClasses implements LocationProvider {
    @Override
    public Set<Location> get(Class<?> test) {
      Path classPath = Path.of(System.getProperty("sluice.broker.classpath"));
      return Set.of(Location.of(classPath.resolveSibling("classes")));
    }
  }

  /** Types of java.io that hold bytes or characters in memory, or name a failure. */
  private static final Set<String> IN_MEMORY_IO =
      Set.of(
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.IOException",
          "java.io.Serializable",
          "java.io.StringReader",
          "java.io.StringWriter",
          "java.io.UncheckedIOException");

  /**
   * Methods of {@link Math} whose result the specification fixes to the bit. The others (exp, log,
   * pow, sin and their kin) may differ by an ulp between machines and between interpreted and
   * compiled code; {@link StrictMath} has them without that freedom.
   */
  private static final Set<String> EXACT_MATH =
      Set.of(
          "abs",
          "absExact",
          "addExact",
          "ceil",
          "copySign",
          "decrementExact",
          "floor",
          "floorDiv",
          "floorMod",
          "fma",
          "getExponent",
          "incrementExact",
          "max",
          "min",
          "multiplyExact",
          "multiplyFull",
          "multiplyHigh",
          "negateExact",
          "nextAfter",
          "nextDown",
          "nextUp",
          "rint",
          "round",
          "scalb",
          "signum",
          "sqrt",
          "subtractExact",
          "toIntExact",
          "ulp");

  /** Methods of {@link System} that ask the machine nothing. */
  private static final Set<String> PURE_SYSTEM = Set.of("arraycopy");

  @ArchTest
  static final ArchRule everyClassBelongsToAModule =
      classes()
          .should()
          .resideInAnyPackage(DOMAIN, SCORING, OPERATORS, CEP, SINKS, JOBS, CLI, BROKER);

  @ArchTest
  static final ArchRule modulesImportOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("domain")
          .definedBy(DOMAIN)
          .layer("scoring")
          .definedBy(SCORING)
          .layer("operators")
          .definedBy(OPERATORS)
          .layer("cep-patterns")
          .definedBy(CEP)
          .layer("sinks")
          .definedBy(SINKS)
          .layer("jobs")
          .definedBy(JOBS)
          .layer("cli")
          .definedBy(CLI)
          .whereLayer("domain")
          .mayNotAccessAnyLayer()
          .whereLayer("scoring")
          .mayOnlyAccessLayers("domain")
          .whereLayer("operators")
          .mayOnlyAccessLayers("domain", "scoring")
          .whereLayer("cep-patterns")
          .mayOnlyAccessLayers("domain")
          .whereLayer("sinks")
          .mayOnlyAccessLayers("domain")
          .whereLayer("jobs")
          .mayOnlyAccessLayers("domain", "scoring", "operators", "cep-patterns", "sinks")
          .whereLayer("cli")
          .mayOnlyAccessLayers("domain", "scoring", "operators", "cep-patterns", "sinks", "jobs");

  @ArchTest
  static final ArchRule brokerKnowsNothingOfSluice =
      noClasses()
          .that()
          .resideInAPackage(BROKER)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(DOMAIN, SCORING, OPERATORS, CEP, SINKS, JOBS, CLI)
                  .as("are of Sluice"));

  @ArchTest
  static final ArchRule nothingKnowsTheBroker =
      noClasses()
          .that()
          .resideOutsideOfPackage(BROKER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(BROKER, "kafka..", "org.apache.kafka.server..")
          .because("it runs in a process of its own; the others know Kafka's clients only");

  @ArchTest
  static final ArchRule onlyScoringKnowsTheNativeLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage(SCORING)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("ai.onnxruntime..", "com.microsoft.ml..")
                  .as("are of LightGBM or ONNX Runtime"));

  @ArchTest
  static final ArchRule nothingUsesTheLoaderOfLightGbmsJar =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAPackage("io.github.metarank..").as("are of that loader"))
          .because("it writes over libraries that other processes have loaded");

  @ArchTest
  static final ArchRule domainKnowsOnlyTheJdkJacksonAndCel =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "com.fasterxml.jackson..", "dev.cel..", DOMAIN);

  @ArchTest
  static final ArchRule onlyUserRulesKnowTheirLanguage =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.sluice.domain.risk.userrule..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.cel..").as("are of CEL"));

  @ArchTest
  static final ArchRule domainDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.io",
                      "java.net..",
                      "java.nio.channels..",
                      "java.nio.file..",
                      "java.rmi..",
                      "java.sql..",
                      "java.util.logging..")
                  .and(DescribedPredicate.not(oneOf("in-memory I/O", IN_MEMORY_IO)))
                  .or(named("java.lang.Process", "java.lang.ProcessBuilder", "java.lang.Runtime"))
                  .as("do input or output"))
          .because("a verdict is a function of the order, the state and the event time alone");

  @ArchTest
  static final ArchRule domainReadsNoClock =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              assignableTo("java.time.Clock")
                  .or(named("java.util.Date", "java.util.Calendar", "java.util.TimeZone"))
                  .as("tell the machine's time"))
          .orShould()
          .accessTargetWhere(
              access(
                  "the machine's clock or time zone",
                  (owner, member) ->
                      resideInAPackage("java.time..").test(owner)
                          && (member.equals("now") || member.equals("systemDefault"))))
          .because("time is the event's time, so that a replay decides what the first run did");

  @ArchTest
  static final ArchRule domainAsksTheMachineNothing =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .accessTargetWhere(
              access(
                  "java.lang.System, other than " + PURE_SYSTEM,
                  (owner, member) ->
                      owner.isEquivalentTo(System.class) && !PURE_SYSTEM.contains(member)))
          .because("clocks, properties, environment and identity hashes differ between runs");

  @ArchTest
  static final ArchRule domainDrawsNoRandomNumbers =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              assignableTo("java.util.Random")
                  .or(resideInAPackage("java.util.random.."))
                  .or(named("java.util.SplittableRandom"))
                  .as("draw random numbers"))
          .orShould()
          .accessTargetWhere(
              access(
                  "a random draw",
                  (owner, member) ->
                      member.equals("randomUUID")
                          || member.equals("shuffle")
                          || (owner.isEquivalentTo(Math.class) && member.equals("random"))));

  @ArchTest
  static final ArchRule domainStartsNoThreads =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              assignableTo("java.lang.Thread")
                  .or(assignableTo("java.lang.ThreadLocal"))
                  .or(assignableTo("java.util.concurrent.Executor"))
                  .or(assignableTo("java.util.concurrent.Future"))
                  .or(named("java.util.Timer"))
                  .as("start or know threads"))
          .orShould()
          .accessTargetWhere(
              access(
                  "a parallel stream",
                  (owner, member) ->
                      member.equals("parallelStream")
                          || (resideInAPackage("java.util.stream..").test(owner)
                              && member.equals("parallel"))));

  @ArchTest
  static final ArchRule domainCalculatesTheSameEverywhere =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .accessTargetWhere(
              access(
                  "methods of java.lang.Math with machine-dependent results",
                  (owner, member) ->
                      owner.isEquivalentTo(Math.class) && !EXACT_MATH.contains(member)))
          .because("StrictMath gives the same bits on every machine and Math need not");

  @ArchTest
  static final ArchRule onlyTheCommandLinePrints =
      noClasses().that().resideOutsideOfPackage(CLI).should(ACCESS_STANDARD_STREAMS);

  private interface Target {
    boolean matches(JavaClass owner, String member);
  }

  /** Calls, method references and field reads alike: {@code System::nanoTime} is a clock too. */
  private static DescribedPredicate<JavaAccess<?>> access(String description, Target target) {
    return DescribedPredicate.describe(
        description, it -> target.matches(it.getTargetOwner(), it.getTarget().getName()));
  }

  private static DescribedPredicate<JavaClass> named(String... names) {
    return oneOf(String.join(", ", names), Set.of(names));
  }

  private static DescribedPredicate<JavaClass> oneOf(String description, Set<String> names) {
    return DescribedPredicate.describe(description, it -> names.contains(it.getName()));
  }

  @ArchTest
  static final ArchRule everySerializerHasAStoredForm =
      classes()
          .that(assignableTo(TypeSerializer.class))
          .and()
          .doNotHaveModifier(JavaModifier.ABSTRACT)
          .should(haveAStoredForm());

  private static ArchCondition<JavaClass> haveAStoredForm() {
    return new ArchCondition<>("have a file in jobs/src/test/resources/forms") {
      @Override
      public void check(JavaClass serializer, ConditionEvents events) {
        String form = serializer.getSimpleName() + "-1.txt";
        boolean isThere = Files.exists(Path.of("../jobs/src/test/resources/forms", form));
        String message =
            serializer.getName()
                + " has no stored form, so that a change which old state does not survive would go"
                + " unnoticed: add it to StoredFormsTest.FORMS and record "
                + form;
        events.add(new SimpleConditionEvent(serializer, isThere, message));
      }
    };
  }
}
