package org.pgreel.benchmarks.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Starts Java processes, all with the same flags, each on the class path of one Maven module and nothing else. */
final class Launcher {

    /** A Netty artifact's version, as it stands in a class path. */
    private static final Pattern NETTY = Pattern.compile("netty-common-([0-9]+\\.[0-9]+)[^/]*\\.jar");

    private final Path home;
    private final String directory;
    private final List<String> flags;

    /**
     * Creates the launcher.
     *
     * @param home the root of the source tree, which is built
     * @param directory where a module's output is, such as {@code target/quick}
     * @param flags the flags of every JVM
     */
    Launcher(Path home, String directory, List<String> flags) {
        this.home = home;
        this.directory = directory;
        this.flags = flags;
    }

    PeerProcess start(String name, String module, String mainClass, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-cp");
        command.add(classPath(module));
        command.add(mainClass);
        command.addAll(arguments);
        return PeerProcess.start(name, command);
    }

    /** Tells whether a module is built. */
    boolean isBuilt(String module) {
        return Files.exists(output(module).resolve("classpath.txt"));
    }

    private Path output(String module) {
        return home.resolve(module).resolve(directory);
    }

    private String classPath(String module) throws IOException {
        String libraries =
                Files.readString(output(module).resolve("classpath.txt")).strip();
        long lines = NETTY.matcher(libraries)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .count();
        if (lines > 1) {
            throw new IOException("the class path of " + module + " has more than one Netty");
        }
        return output(module).resolve("classes") + ":" + libraries;
    }
}
