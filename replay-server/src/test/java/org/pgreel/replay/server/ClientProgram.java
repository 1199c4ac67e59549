package org.pgreel.replay.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs an installed client of PostgreSQL to its end. */
final class ClientProgram {
    /**
     * What a program left behind.
     *
     * @param status its exit status
     * @param output its standard output
     * @param errors its standard error
     */
    record Result(int status, String output, String errors) {}

    private ClientProgram() {}

    /**
     * Runs the program; a test whose program is not installed is skipped.
     *
     * @param input its standard input
     * @param environment variables to set; those that libpq reads and that are not set here are removed
     */
    static Result run(List<String> command, String input, Map<String, String> environment)
            throws IOException, InterruptedException {
        Assumptions.assumeTrue(installed(command.get(0)), command.get(0) + " is not installed");
        Path directory = Files.createTempDirectory("pgreel-client");
        Path in = Files.writeString(directory.resolve("in"), input);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        var builder = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("PGCONNECT_TIMEOUT", "20");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError(command + " never ended; it wrote " + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
            for (Path file : List.of(in, out, err, directory)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean installed(String program) {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(directory).resolve(program))) {
                return true;
            }
        }
        return false;
    }
}
