package org.pgreel.postgres;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds client programs such as {@code psql} and {@code pgbench}, which the embedded binaries do not have. */
public final class InstalledProgram {

    private static final String DEBIAN_DIRECTORY = "/usr/lib/postgresql";

    private InstalledProgram() {}

    /**
     * Looks for a program in the directories of PATH, then where Debian keeps one directory for each major version (the newest first).
     *
     * @param name the program's name
     * @return its path, or nothing if it is not installed
     */
    public static Optional<Path> find(String name) {
        List<Path> directories = new ArrayList<>();
        String path = System.getenv("PATH");
        if (path != null) {
            for (String entry : path.split(Pattern.quote(File.pathSeparator), -1)) {
                if (!entry.isEmpty()) {
                    directories.add(Path.of(entry));
                }
            }
        }
        directories.add(Path.of("/usr/bin"));
        for (int major = 30; major >= 13; major--) {
            directories.add(Path.of(DEBIAN_DIRECTORY, Integer.toString(major), "bin"));
        }
        return directories.stream()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Looks for a directory of Debian's that holds a server and another program, which client packages have too.
     *
     * @param name the program's name, such as {@code pg_basebackup}
     * @return the directory of the newest, or nothing if none is installed
     */
    public static Optional<Path> besideServer(String name) {
        return Stream.iterate(30, major -> major >= 14, major -> major - 1)
                .map(major -> Path.of(DEBIAN_DIRECTORY, Integer.toString(major), "bin"))
                .filter(directory -> Files.isExecutable(directory.resolve("postgres"))
                        && Files.isExecutable(directory.resolve(name)))
                .findFirst();
    }

    /**
     * Finds a program or says that it is missing.
     *
     * @param name the program's name
     * @return its path
     * @throws PostgresUnavailableException if it is not installed
     */
    public static Path require(String name) {
        return find(name)
                .orElseThrow(() -> new PostgresUnavailableException(
                        name + " is not installed (on Debian: apt-get install postgresql-client postgresql)"));
    }
}
