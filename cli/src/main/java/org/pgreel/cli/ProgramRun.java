package org.pgreel.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a program against one of our servers: fills its placeholders, sets the variables that libpq reads, waits for it. */
final class ProgramRun {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)\\}");

    private static final long END_SECONDS_MAX = 5;

    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * @param server where the server listens
     * @param login whom the program logs in as
     */
    ProgramRun(HostAndPort server, Login login) {
        String host = server.host();
        String port = Integer.toString(server.port());
        values.put("host", host);
        values.put("port", port);
        values.put("user", login.user());
        values.put("password", login.password());
        values.put("dbname", login.database());
        values.put("sslmode", login.sslmode());
        values.put("url", "postgresql://" + login.user() + "@" + server + "/" + login.database());
        values.put("jdbc-url", "jdbc:postgresql://" + server + "/" + login.database() + "?user=" + login.user());
    }

    /** Fills {@code {sql}} with what the program is to ask; without this call the placeholder does not exist. */
    ProgramRun asking(String sql) {
        values.put("sql", sql);
        return this;
    }

    /**
     * Whom a program logs in as, as far as the server knows; empty words are left to the program.
     *
     * @param user the role
     * @param password the password; empty if none is needed
     * @param database the database
     * @param sslmode libpq's word for what the server offers
     */
    record Login(String user, String password, String database, String sslmode) {}

    /**
     * Returns the program's words with the placeholders filled.
     *
     * @throws CommandFailedException wrong usage: a placeholder that does not exist
     */
    List<String> filled(List<String> words) {
        var filled = new ArrayList<String>();
        for (String word : words) {
            filled.add(PLACEHOLDER.matcher(word).replaceAll(match -> Matcher.quoteReplacement(value(match.group(1)))));
        }
        return filled;
    }

    /**
     * Runs the program with our standard streams and returns its exit status.
     *
     * @param words the program's words
     * @param signal ends the program, too, when it comes
     * @throws CommandFailedException if it cannot be started
     */
    int run(List<String> words, StopSignal signal) throws InterruptedException {
        var builder = new ProcessBuilder(filled(words)).inheritIO();
        setVariables(builder.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw CommandFailedException.inputOutput(
                    "the program '" + words.get(0) + "' cannot be started (" + e.getMessage()
                            + "); name one that is on the PATH",
                    e);
        }
        signal.whenAsked(() -> end(process));
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw e;
        }
    }

    /** Asks the program to end, and ends it if it does not. */
    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void setVariables(Map<String, String> environment) {
        put(environment, "PGHOST", "host");
        put(environment, "PGPORT", "port");
        put(environment, "PGUSER", "user");
        put(environment, "PGPASSWORD", "password");
        put(environment, "PGDATABASE", "dbname");
        put(environment, "PGSSLMODE", "sslmode");
    }

    private void put(Map<String, String> environment, String variable, String placeholder) {
        String value = value(placeholder);
        if (!value.isEmpty()) {
            environment.put(variable, value);
        }
    }

    private String value(String placeholder) {
        String value = values.get(placeholder);
        if (value == null) {
            throw CommandFailedException.usage("the placeholder {" + placeholder + "} does not exist; there are {"
                    + String.join("} {", values.keySet()) + "}");
        }
        return value;
    }
}
