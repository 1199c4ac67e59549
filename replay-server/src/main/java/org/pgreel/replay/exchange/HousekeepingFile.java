package org.pgreel.replay.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgreel.protocol.message.BackendMessage;
import org.pgreel.protocol.transcript.Item;
import org.pgreel.protocol.transcript.MessageForms;
import org.pgreel.protocol.transcript.NotationException;
import org.pgreel.protocol.transcript.TranscriptParser;
import org.pgreel.replay.volatility.Volatility;

/**
 * What drivers, pools and frameworks ask beside the application, and what they are answered: a line for each statement, in the
 * notation.
 *
 * <pre>statement "SELECT 1" => RowDescription "?column?":int4 => DataRow "1" => CommandComplete "SELECT 1"</pre>
 *
 * <p>Its statements are counted apart, are never missed and never left over. A recorded answer goes before the file's. An
 * immutable value.
 */
public final class HousekeepingFile {
    private static final String ARROW = "=>";
    private static final List<String> SHIPPED =
            List.of("libpq", "psql", "psycopg", "pgjdbc", "hikaricp", "node-postgres", "reactive");

    private record Entry(Volatility statement, List<BackendMessage> answer) {
        boolean isFor(String sql) {
            return statement.of(statement.question(sql).sql()) != null;
        }
    }

    private final List<Entry> entries;

    private HousekeepingFile(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Returns the files that come with PgReel, one for each driver. */
    public static HousekeepingFile shipped() {
        List<Entry> entries = new ArrayList<>();
        for (String name : SHIPPED) {
            try (InputStream in = HousekeepingFile.class.getResourceAsStream(name + ".housekeeping")) {
                if (in == null) {
                    throw new IllegalStateException(name + ".housekeeping is not in this build, please report this");
                }
                entries.addAll(parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)).entries);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new HousekeepingFile(entries);
    }

    /**
     * Reads a file's text.
     *
     * @throws NotationException if it is none; it names the line
     */
    public static HousekeepingFile parse(String text) {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                entries.add(entry(line, i + 1));
            }
        }
        return new HousekeepingFile(entries);
    }

    private static Entry entry(String line, int number) {
        List<String> parts = parts(line);
        // What is wrong is told with the line's number.
        String above = "\n".repeat(number - 1);
        List<BackendMessage> answer = new ArrayList<>();
        for (String part : parts.subList(1, parts.size())) {
            Item item = TranscriptParser.parse(above + "B " + part)
                    .lines()
                    .get(number - 1)
                    .item();
            if (!(item instanceof Item.MessageItem message)) {
                throw new NotationException(number, 1, "a message of the backend was expected behind " + ARROW);
            }
            answer.add((BackendMessage) MessageForms.read(message, number));
        }
        if (answer.isEmpty()) {
            throw new NotationException(number, 1, "the statement has no answer; write one behind " + ARROW);
        }
        return new Entry(Volatility.parse(above + parts.get(0)), List.copyOf(answer));
    }

    /** Splits a line at its arrows, those inside of strings aside. */
    private static List<String> parts(String line) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && line.startsWith(ARROW, i)) {
                parts.add(line.substring(from, i).strip());
                from = i + ARROW.length();
            }
        }
        parts.add(line.substring(from).strip());
        return parts;
    }

    /** Returns what both files say; what this one says goes before. */
    public HousekeepingFile and(HousekeepingFile other) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(other.entries);
        return new HousekeepingFile(all);
    }

    /** Tells whether the statement is in the file. */
    public boolean names(String sql) {
        return answer(sql) != null;
    }

    /** Returns the answer without its ReadyForQuery, in the simple protocol's order; null if the statement is not in it. */
    @Nullable
    List<BackendMessage> answer(String sql) {
        for (Entry entry : entries) {
            if (entry.isFor(sql)) {
                return entry.answer;
            }
        }
        return null;
    }
}
