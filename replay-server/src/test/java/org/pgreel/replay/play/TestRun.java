package org.pgreel.replay.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.pgreel.replay.script.Script;

/** A run of a script in one thread, with seeded randomness. */
final class TestRun {
    static final String RESULT = """
            B RowDescription n:int4
            B DataRow "1"
            B DataRow "2"
            B CommandComplete "SELECT 2"
            """;

    final ScriptEngine engine;
    final List<Mismatch> departures = new ArrayList<>();

    TestRun(String script) {
        this(script, ServerSettings.DEFAULTS, Chunking.WHOLE);
    }

    TestRun(String script, ServerSettings settings, Chunking chunking) {
        var random = new Random(1);
        engine = new ScriptEngine(
                Script.parse(script),
                settings,
                chunking,
                count -> {
                    byte[] bytes = new byte[count];
                    random.nextBytes(bytes);
                    return bytes;
                },
                new PlayListener() {
                    @Override
                    public void departed(Mismatch mismatch) {
                        departures.add(mismatch);
                    }
                });
    }

    /** A run of one statement, behind a login and housekeeping. */
    static TestRun of(String... lines) {
        return new TestRun("use login\nuse housekeeping\n" + String.join("\n", lines) + "\nF end\n");
    }

    TestConnection connect() {
        var connection = new TestConnection();
        connection.connection = engine.opened("test", connection);
        return connection;
    }

    String verdict() {
        return engine.report().text();
    }
}
