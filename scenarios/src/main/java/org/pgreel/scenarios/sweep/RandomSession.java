package org.pgreel.scenarios.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.pgreel.scenarios.file.Scenario;
import org.pgreel.scenarios.file.ScenarioReader;

/** Makes sessions by seed: some operations, asked at once or one after the other, each with a number of its own. */
final class RandomSession {
    /** How many sessions of one seed there may be. */
    static final int SESSIONS_MAX = 3;

    private static final int OPERATIONS_MAX = 5;
    private static final int NUMBERS = 2_900_000;
    private static final int NUMBERS_FIRST = 1_100_000;
    private static final int ROWS_MAX = 3;
    private static final int NUMBERS_FROM = 1_100_000;
    private static final int NUMBERS_STEP = 1_234_567;

    private final Random random;
    private final int index;
    private final StringBuilder script = new StringBuilder();
    private int number;
    private boolean cancels;

    private RandomSession(long seed, int index) {
        this.random = new Random(seed * SESSIONS_MAX + index);
        this.index = index;
        this.number = NUMBERS_FROM + random.nextInt(NUMBERS_STEP);
    }

    /**
     * Returns a session of that seed. Sessions of one seed share no number.
     *
     * @param index which of them, below {@link #SESSIONS_MAX}
     */
    static Scenario of(long seed, int index) {
        return new RandomSession(seed, index).scenario(seed);
    }

    private Scenario scenario(long seed) {
        int operations = 1 + random.nextInt(OPERATIONS_MAX);
        for (int i = 0; i < operations; i++) {
            switch (random.nextInt(9)) {
                case 8 -> cancel();
                case 0 -> copyIn();
                case 1 -> copyOut();
                case 2 -> stream();
                case 3 -> pipeline();
                case 4 -> setting();
                default -> queries();
            }
        }
        script.append("  F end\n");
        String name = "random-" + seed + (index == 0 ? "" : "-" + index);
        String text = "name: " + name + "\nshows: A session by seed.\norigin: [\"pgreel explore\"]\nphase: query\n"
                + "client: { statement: \"select 1\" }\noutcome: [answered, recovered, clean-error]\nscript: |\n"
                + whole();
        return ScenarioReader.parse(text, name + ".pgreel.yaml");
    }

    /** Returns the script; where a statement is cancelled, the request comes by a connection of its own. */
    private String whole() {
        String login = "  use login" + (cancels ? " pid=12345 key=x\"00010932\"" : "") + "\n  use housekeeping\n";
        if (!cancels) {
            return login + script;
        }
        return "  connection 1 {\n" + login + script + "  }\n  connection cancel {\n"
                + "  F CancelRequest 12345 x\"00010932\"\n  signal cancelled\n  B close\n  }\n";
    }

    private String next() {
        number = (number + NUMBERS_STEP) % NUMBERS;
        return String.valueOf(NUMBERS_FIRST + number * SESSIONS_MAX + index);
    }

    /** A statement is cancelled while it runs; one a session. */
    private void cancel() {
        if (cancels) {
            queries();
            return;
        }
        cancels = true;
        String own = next();
        line("> query \"select " + own + "\"");
        line("> cancel");
        line("F Query \"select " + own + "\"");
        line("await cancelled");
        line("B ErrorResponse ERROR 57014 \"canceling statement " + own + " due to user request\"");
        line("B ReadyForQuery I");
    }

    private void line(String text) {
        script.append("  ").append(text).append('\n');
    }

    private void queries() {
        int count = 1 + random.nextInt(3);
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String own = next();
            numbers.add(own);
            line("> query \"select " + own + "\"" + (random.nextBoolean() ? " \"" + own + "\"" : ""));
        }
        numbers.forEach(this::answer);
    }

    private void answer(String own) {
        line("statement \"select " + own + "\" {");
        if (random.nextInt(6) == 0) {
            line("  B NoticeResponse NOTICE 00000 \"" + own + "\"");
        }
        if (random.nextInt(4) == 0) {
            line("  B ErrorResponse ERROR 22012 \"division of " + own + " by zero\"");
        } else {
            rows(own);
        }
        line("}");
    }

    private void rows(String own) {
        line("  B RowDescription n:int4");
        for (int row = random.nextInt(ROWS_MAX + 1); row > 0; row--) {
            line("  B DataRow \"" + own + "\"");
        }
        line("  B CommandComplete \"SELECT " + own + "\"");
    }

    private void pipeline() {
        List<String> numbers = new ArrayList<>();
        var asked = new StringBuilder("> pipeline");
        for (int i = 2 + random.nextInt(2); i > 0; i--) {
            String own = next();
            numbers.add(own);
            asked.append(" \"select ").append(own).append('"');
        }
        line(asked + " sync=each");
        numbers.forEach(this::answer);
    }

    private void stream() {
        String own = next();
        line("> stream \"select " + own + "\" window=2");
        line("> fetch");
        line("> fetch");
        line("statement \"select " + own + "\" {");
        rows(own);
        line("}");
    }

    private void copyIn() {
        String own = next();
        line("> copy-in \"copy n" + own + " from stdin\"");
        line("F Query \"copy n" + own + " from stdin\"");
        line("B CopyInResponse text [text]");
        line("> data \"" + own + "\\n\"");
        line("> finish");
        line("repeat {");
        line("  F CopyData *");
        line("}");
        line("F CopyDone");
        line("B CommandComplete \"COPY " + own + "\"");
        line("B ReadyForQuery I");
    }

    private void copyOut() {
        String own = next();
        line("> copy-out \"copy n" + own + " to stdout\"");
        line("F Query \"copy n" + own + " to stdout\"");
        line("B CopyOutResponse text [text]");
        for (int row = random.nextInt(ROWS_MAX + 1); row > 0; row--) {
            line("B CopyData \"" + own + "\\n\"");
        }
        line("B CopyDone");
        line("B CommandComplete \"COPY " + own + "\"");
        line("B ReadyForQuery I");
    }

    private void setting() {
        String own = next();
        line("> query \"set n.o to " + own + "\"");
        line("F Query \"set n.o to " + own + "\"");
        line("B CommandComplete \"SET\"");
        line("B ParameterStatus \"application_name\" \"" + own + "\"");
        line("B ReadyForQuery I");
        if (random.nextBoolean()) {
            line("B NotificationResponse 42 \"idle\" \"" + own + "\"");
        }
    }
}
