package org.pgreel.scenarios.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What no compiler sees in the sources of all modules: tests that nobody runs, files that grew, words that do not belong. */
class TidyTest {

    private static final int LINES_MAX = 400;
    private static final int FILES_MIN = 150;

    private static final Pattern TEST_ANNOTATION = Pattern.compile(
            "(?m)^\\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate|Property|Example)\\b");
    private static final Pattern CONTRACT = Pattern.compile("(?m)^(public )?(abstract class|@?interface) ");
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:(?:final|sealed|abstract|non-sealed|strictfp) )*(?:class|interface|record|enum|@interface) \\w+");
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(");
    private static final Pattern MOCKING = Pattern.compile("\\borg\\.(mockito|easymock|jmock)\\b");
    private static final Pattern LIBRARY = Pattern.compile("(?m)^import (static )?(io\\.netty|net\\.openhft)\\.");
    private static final Pattern CONSOLE = Pattern.compile("\\bSystem\\.(out|err)\\b|\\.printStackTrace\\(");
    /** Synonyms of terms that PostgreSQL has, and names that say nothing. */
    private static final Pattern BANNED_NAME = Pattern.compile(
            "\\b(class|interface|record|enum) (Abstract\\w+|\\w*(Impl|Manager|Utils?|Helper|Packet|Opcode))\\b");

    private static final Path ROOT = root();
    private static final List<Path> SOURCES = javaFiles();

    private static Path root() {
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve(".mvn"))) {
                return directory;
            }
        }
        throw new IllegalStateException("no directory with .mvn above the working directory");
    }

    private static List<Path> javaFiles() {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path source : modules.map(module -> module.resolve("src")).toList()) {
                if (Files.isDirectory(source)) {
                    try (Stream<Path> found = Files.walk(source)) {
                        found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(files);
    }

    @Test
    void theSourcesWereReallySeen() {
        assertThat(SOURCES).hasSizeGreaterThan(FILES_MIN);
        assertThat(SOURCES.stream().map(file -> ROOT.relativize(file).getName(0).toString()))
                .contains("client", "recorder", "replay-server", "scenarios", "junit", "cli", "benchmarks", "postgres");
    }

    @Test
    void everyTestIsRun() {
        assertNone("has tests, but Surefire only runs classes whose name ends in Test", file -> {
            String text = text(file);
            return TEST_ANNOTATION.matcher(text).find()
                    && !file.toString().endsWith("Test.java")
                    && !CONTRACT.matcher(text).find();
        });
    }

    @Test
    void everyPublicTypeIsDocumented() {
        assertNone("has a public type without Javadoc", file -> isMain(file) && !isDocumented(text(file)));
    }

    /** Between the comment and the type stand annotations only. */
    private static boolean isDocumented(String text) {
        Matcher type = PUBLIC_TYPE.matcher(text);
        if (!type.find()) {
            return true;
        }
        int end = text.lastIndexOf("*/", type.start());
        String between =
                end < 0 ? "import" : text.substring(end + 2, type.start()).strip();
        return between.isEmpty() || between.startsWith("@");
    }

    @Test
    void everyPackageSaysWhatItIs() {
        assertNone(
                "is in a package without package-info.java",
                file -> isMain(file) && !Files.exists(file.resolveSibling("package-info.java")));
        assertNone(
                "does not say @NullMarked",
                file -> file.endsWith("package-info.java") && !text(file).contains("@NullMarked"));
    }

    /** These are compiled after the walls are checked, so their sources are read instead. */
    @Test
    void theModulesThatComeLaterKeepTheWallsToo() {
        assertNone(
                "knows Netty or Chronicle",
                file -> isIn(file, "junit", "cli")
                        && LIBRARY.matcher(text(file)).find());
        assertNone(
                "writes to the console",
                file -> isIn(file, "junit")
                        && isMain(file)
                        && CONSOLE.matcher(text(file)).find());
    }

    @Test
    void noFileHoldsMoreThanOneIdea() {
        assertNone(
                "is longer than " + LINES_MAX + " lines",
                file -> text(file).lines().count() > LINES_MAX);
    }

    @Test
    void nothingIsLeftUnfinished() {
        assertNone(
                "is unfinished",
                file -> !isThis(file) && UNFINISHED.matcher(text(file)).find());
    }

    @Test
    void noTestSleepsOrMocks() {
        assertNone(
                "sleeps",
                file -> !isThis(file)
                        && !isMain(file)
                        && SLEEP.matcher(text(file)).find());
        assertNone("mocks", file -> !isThis(file) && MOCKING.matcher(text(file)).find());
    }

    @Test
    void everyNameSaysSomething() {
        assertNone(
                "has a name that says nothing",
                file -> BANNED_NAME.matcher(text(file)).find());
    }

    private static boolean isMain(Path file) {
        return file.toString().contains("/src/main/java/");
    }

    private static boolean isIn(Path file, String... modules) {
        return List.of(modules).contains(ROOT.relativize(file).getName(0).toString());
    }

    private static boolean isThis(Path file) {
        return file.endsWith("TidyTest.java");
    }

    private static void assertNone(String complaint, Predicate<Path> bad) {
        assertThat(SOURCES.stream().filter(bad).map(ROOT::relativize))
                .as("files of which each " + complaint)
                .isEmpty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
