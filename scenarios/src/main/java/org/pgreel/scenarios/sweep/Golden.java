package org.pgreel.scenarios.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;

/**
 * The golden sessions: what a client does most, each statement with a number that comes back in every row, tag and error.
 */
public final class Golden {
    private static final List<String> NAMES =
            List.of("login", "simple", "extended", "pipeline", "stream", "copy-in", "copy-out", "notify", "cancel");

    private Golden() {}

    /** Returns their names. */
    public static List<String> names() {
        return NAMES;
    }

    /** Returns all of them. */
    public static List<Scenario> all() {
        return NAMES.stream().map(Golden::named).toList();
    }

    /**
     * Returns the golden session of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Scenario named(String name) {
        String resource = "org/pgreel/golden/" + name + ".pgreel.yaml";
        ClassLoader loader = Golden.class.getClassLoader();
        try (InputStream stream = loader.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no golden session \"" + name + "\"");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return ScenarioReader.parseResource(text, loader, resource);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
