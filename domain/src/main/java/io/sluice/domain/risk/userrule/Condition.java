package io.sluice.domain.risk.userrule;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelVariableResolver;
import io.sluice.domain.risk.Proposal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A condition in CEL (Common Expression Language) over {@link Facts}: compiled and type-checked
 * once, without loops, so that what an evaluation costs is bounded by the length of the text. It
 * looks at nothing but the facts, so the same facts give the same answer.
 */
final class Condition {
  static final int MAX_CHARACTERS = 1_000;
  private static final int MAX_MESSAGE = 2_500;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_REGEX_STEPS = 1_000;
  private static final Pattern FACT = Pattern.compile("\\b([a-z]+)\\.([a-z_]+)\\b");
  private static final Pattern LITERAL = Pattern.compile("'[^']*'|\"[^\"]*\"");

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_CHARACTERS)
          .maxParseRecursionDepth(MAX_DEPTH)
          .maxRegexProgramSize(MAX_REGEX_STEPS)
          .enableComprehension(false)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  /**
   * What was compiled lately, by text: every group of a gate has the same configuration, and reads
   * it again when it is restored. To compile takes milliseconds, and a text means one thing only.
   */
  private static final int MOST_KEPT = 200;

  private static final Map<String, Condition> COMPILED =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Condition> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private final CelRuntime.Program program;

  private Condition(CelRuntime.Program program) {
    this.program = program;
  }

  /** The compilers are made with the first rule: who has none does not pay for them. */
  private static final class Compilers {
    static final CelCompiler COMPILER = compiler();
    static final CelRuntime RUNTIME =
        CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private static CelCompiler compiler() {
      CelCompilerBuilder builder =
          CelCompilerFactory.standardCelCompilerBuilder()
              .setOptions(OPTIONS)
              // How a double looks as a text differs between releases of Java.
              .setStandardEnvironmentEnabled(false)
              .setStandardDeclarations(
                  CelStandardDeclarations.newBuilder()
                      .excludeFunctions(StandardFunction.STRING)
                      .build())
              .setStandardMacros(CelStandardMacro.HAS)
              .setResultType(SimpleType.BOOL);
      Facts.types().forEach(builder::addVar);
      return builder.build();
    }
  }

  /**
   * @throws IllegalArgumentException where the text is too long, does not parse or does not
   *     type-check, with what the compiler says
   */
  static Condition compile(String text) {
    synchronized (COMPILED) {
      return COMPILED.computeIfAbsent(text, Condition::compiled);
    }
  }

  private static Condition compiled(String text) {
    try {
      CelAbstractSyntaxTree tree = Compilers.COMPILER.compile(text).getAst();
      return new Condition(Compilers.RUNTIME.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(cut(unknownFacts(text) + e.getMessage()), e);
    }
  }

  /** Where a text names a fact that there is not, the compiler speaks of what it is a fact of. */
  private static String unknownFacts(String text) {
    Matcher named = FACT.matcher(LITERAL.matcher(text).replaceAll("''"));
    StringBuilder unknown = new StringBuilder();
    while (named.find()) {
      String of = named.group(1) + ".";
      String known =
          Facts.types().keySet().stream()
              .filter(name -> name.startsWith(of))
              .map(name -> name.substring(of.length()))
              .collect(Collectors.joining(", "));
      if (!known.isEmpty() && !Facts.types().containsKey(named.group())) {
        unknown.append("there is no ").append(named.group()).append(", of ").append(named.group(1));
        unknown.append(" there are ").append(known).append("; ");
      }
    }
    return unknown.toString();
  }

  /** The compiler shows the text again with each of its errors. */
  private static String cut(String message) {
    if (message.length() <= MAX_MESSAGE) {
      return message;
    }
    boolean inPair = Character.isHighSurrogate(message.charAt(MAX_MESSAGE - 1));
    return message.substring(0, inPair ? MAX_MESSAGE - 1 : MAX_MESSAGE) + "...";
  }

  /**
   * Whether it holds.
   *
   * @throws IllegalStateException where it cannot be evaluated, as where a number it needs is not
   *     known
   */
  boolean holds(Proposal proposal) {
    try {
      CelVariableResolver facts = name -> Facts.of(proposal, name);
      return (Boolean) program.eval(facts);
    } catch (CelEvaluationException e) {
      // The code and not the text: texts may change from one release of CEL to the next.
      String code = e.getErrorCode().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      throw new IllegalStateException(code, e);
    }
  }
}
