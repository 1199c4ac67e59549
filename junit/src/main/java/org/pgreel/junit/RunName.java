package org.pgreel.junit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pgreel.replay.play.Chunking;

/**
 * How a test's run is called, where its transcript goes, and how it is repeated.
 *
 * @param test class and method, as {@code -Dtest} takes them
 * @param file where the whole transcript goes
 * @param command repeats the run
 */
record RunName(String test, Path file, String command) {
    private static final Pattern PLAIN = Pattern.compile("[\\w.#-]+");
    private static final Pattern INVOCATION = Pattern.compile("\\[test-template-invocation:#(\\d+)]");

    static RunName of(ExtensionContext context, Verdict verdict) {
        Class<?> owner = context.getRequiredTestClass();
        String method = context.getRequiredTestMethod().getName();
        String type = owner.getName().substring(owner.getName().lastIndexOf('.') + 1);
        return new RunName(
                type + "#" + method,
                directory().resolve(owner.getName()).resolve(method + invocation(context) + ".txt"),
                command(type + "#" + method, verdict));
    }

    /** Returns which invocation of a test it is, as {@code -2}; "" if it has but one. */
    static String invocation(ExtensionContext context) {
        Matcher invocation = INVOCATION.matcher(context.getUniqueId());
        return invocation.find() ? "-" + invocation.group(1) : "";
    }

    private static Path directory() {
        boolean gradle = !Files.exists(Path.of("pom.xml"))
                && (Files.exists(Path.of("build.gradle")) || Files.exists(Path.of("build.gradle.kts")));
        return Path.of(gradle ? "build" : "target", "pgreel");
    }

    /** A shell would take the dollar of a nested class for a variable, and a name of Kotlin's apart at its blanks. */
    private static String command(String test, Verdict verdict) {
        String selection = "-Dtest=" + test;
        return "mvn test " + (PLAIN.matcher(test).matches() ? selection : "'" + selection + "'")
                + (verdict.chunking().equals(Chunking.WHOLE)
                        ? ""
                        : " -D" + RunSettings.CHUNKING + "="
                                + verdict.chunking().word())
                + " -D" + RunSettings.SEED + "=" + verdict.seed();
    }
}
