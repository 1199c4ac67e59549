package org.pgreel.scenarios.check;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pgreel.postgres.InstalledProgram;
import org.pgreel.protocol.wire.Bytes;

/** The clients that the grades are tested with. */
final class KnownClients {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private KnownClients() {}

    /** psql, as the documentation calls it; empty where it is not installed. */
    static Optional<ClientUnderTest> psql() {
        return InstalledProgram.find("psql")
                .map(psql -> new ProgramClient(new ProgramCommand(List.of(
                        psql.toString(),
                        "-X",
                        "host={host} port={port} user={user} dbname={dbname} sslmode={sslmode}",
                        "-c",
                        "{sql}"))));
    }

    /** The PostgreSQL JDBC driver in the one-file program of the documentation, in driver mode. */
    static ClientUnderTest jdbc() {
        return new DriverClient(new ProgramCommand(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                home(org.postgresql.Driver.class),
                file("docs/examples/JdbcCheck.java").toString(),
                "--driver")));
    }

    /** The client with known defects. */
    static ClientUnderTest bad() {
        return new ProgramClient(new ProgramCommand(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                home(BadClient.class) + java.io.File.pathSeparator + home(Bytes.class),
                BadClient.class.getName(),
                "{host}",
                "{port}",
                "{user}",
                "{password}",
                "{sslmode}",
                "{sql}")));
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a file of the repository. */
    static Path file(String name) {
        for (Path directory = Path.of("").toAbsolutePath(); directory != null; directory = directory.getParent()) {
            if (Files.isDirectory(directory.resolve(".mvn"))) {
                return directory.resolve(name);
            }
        }
        throw new IllegalStateException("no directory with .mvn above the working directory");
    }
}
