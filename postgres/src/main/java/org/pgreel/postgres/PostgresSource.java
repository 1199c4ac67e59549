package org.pgreel.postgres;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a PostgreSQL comes from. */
public sealed interface PostgresSource {

    /**
     * Binaries that are part of the class path or were put into a directory by the build.
     *
     * @param version the major version, such as {@code 18}
     */
    record Embedded(String version) implements PostgresSource {}

    /**
     * A PostgreSQL installed on this machine.
     *
     * @param binDirectory the directory that holds {@code postgres} and {@code initdb}
     */
    record Installed(Path binDirectory) implements PostgresSource {}

    /**
     * A server that runs already and is neither started nor stopped.
     *
     * @param url {@code postgresql://user:password@host:port/database}
     */
    record Running(URI url) implements PostgresSource {}

    /**
     * A Docker container, by Testcontainers.
     *
     * @param image the image, such as {@code postgres:18}
     */
    record Container(String image) implements PostgresSource {}

    /** Whatever the user of this machine has named, or this machine has to offer; {@link PostgresServer} tells in which order. */
    record Preferred() implements PostgresSource {}

    /** The newest major version whose binaries are a dependency of this module. */
    String NEWEST = "18";

    /**
     * Returns what is started unless the program names a source.
     *
     * @return the source
     */
    static PostgresSource preferred() {
        return new Preferred();
    }

    /**
     * Returns the newest embedded PostgreSQL.
     *
     * @return the source
     */
    static PostgresSource newest() {
        return new Embedded(NEWEST);
    }

    /**
     * Returns the embedded PostgreSQL of a major version. Version {@value #NEWEST} is always there; the others need their bundle, see
     * {@link PostgresServer}.
     *
     * @param version the major version
     * @return the source
     */
    static PostgresSource embedded(String version) {
        return new Embedded(version);
    }

    /**
     * Reads what a user wrote: a major version ({@code 17}), a directory or path of {@code postgres}, a URL, or {@code docker:IMAGE};
     * {@code docker} alone is {@code docker:postgres:}{@value #NEWEST}.
     *
     * @param text the text
     * @return the source
     * @throws PostgresUnavailableException if the text is none of them
     */
    static PostgresSource parse(String text) {
        if (Pattern.matches("\\d{1,3}", text)) {
            return new Embedded(text);
        }
        if (Pattern.matches("postgres(ql)?://.+", text)) {
            return new Running(URI.create(text));
        }
        if (text.equals("docker")) {
            return new Container("postgres:" + NEWEST);
        }
        if (text.startsWith("docker:")) {
            return new Container(text.substring("docker:".length()));
        }
        Path path = Path.of(text);
        Path directory = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
        for (Path candidate : directory == null ? new Path[0] : new Path[] {directory, directory.resolve("bin")}) {
            if (Files.isExecutable(candidate.resolve("postgres"))) {
                return new Installed(candidate);
            }
        }
        throw new PostgresUnavailableException("'" + text
                + "' is neither a major version such as 18, nor a directory with postgres in it, nor a postgresql:// URL, nor docker"
                + " or docker:IMAGE");
    }
}
