package org.pgreel.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/client.md} lists every callback, reason and failure that the code has, and no other. */
class ClientPageTest {

    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

    @Test
    void thePageListsEveryCallback() throws IOException {
        Set<String> callbacks = Arrays.stream(SessionStatusNotify.class.getDeclaredMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith("pg"))
                .collect(Collectors.toSet());

        assertThat(rows("## Callbacks")).isEqualTo(callbacks);
    }

    @Test
    void thePageListsEveryFailureToConnect() throws IOException {
        assertThat(rows("## Why a session did not get ready")).isEqualTo(leaves(ConnectionFailureReason.class));
    }

    @Test
    void thePageListsEveryReasonOfAShutdown() throws IOException {
        assertThat(rows("## Why a session ended")).isEqualTo(leaves(ShutdownReason.class));
    }

    @Test
    void thePageListsEveryFailureOfAnOperation() throws IOException {
        assertThat(rows("## How an operation fails")).isEqualTo(leaves(PgException.class));
    }

    private static Set<String> leaves(Class<?> family) {
        return leafClasses(family).map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Class<?>> leafClasses(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ClientPageTest::leafClasses)
                : Stream.of(type);
    }

    /** Returns the names in the first column of the tables of a section. */
    private static Set<String> rows(String section) throws IOException {
        List<String> parts = List.of(Files.readString(page()).split("(?m)^(?=## )"));
        String text = parts.stream()
                .filter(part -> part.startsWith(section))
                .findFirst()
                .orElseThrow();
        Set<String> names = new TreeSet<>();
        Matcher rows = FIRST_CELL.matcher(text);
        while (rows.find()) {
            names.add(rows.group(1));
        }
        // The first row of each table is its head.
        names.removeAll(Set.of("ConnectionFailureReason", "ShutdownReason", "PgException"));
        return names;
    }

    private static Path page() {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.exists(here.resolve("docs")) ? here : here.resolve("..");
        return root.resolve("docs/client.md");
    }
}
