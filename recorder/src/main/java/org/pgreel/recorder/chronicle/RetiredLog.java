package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalReadException;

/**
 * What was retired from a journal, one line each, so that nobody takes it for lost: {@code retired.log} in its directory.
 */
public final class RetiredLog {

    static final String FILE = "retired.log";

    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) sessions=(\\d+|\\?) bytes=(\\d+) .*");

    private RetiredLog() {}

    /**
     * What was retired so far.
     *
     * @param files how many files of the journal
     * @param sessions how many sessions they held, as far as that was known
     * @param bytes how many bytes they took
     * @param last when the last of them was retired; null if none was
     */
    public record Total(
            long files, long sessions, long bytes, @Nullable Instant last) {

        /** Returns it as a sentence. */
        public String sentence() {
            String what = files == 1 ? "1 file" : files + " files";
            return String.format(
                    Locale.ROOT,
                    "retired: %s with %s, %s, the last at %s",
                    what,
                    sessions == 1 ? "1 session" : sessions + " sessions",
                    ByteSize.of(bytes),
                    last);
        }
    }

    /**
     * Reads what was retired from a journal.
     *
     * @param journal its directory
     * @return the total; of a journal from which nothing was retired, nothing
     * @throws JournalReadException if the log cannot be read
     */
    public static Total read(Path journal) {
        Path file = journal.resolve(FILE);
        if (!Files.exists(file)) {
            return new Total(0, 0, 0, null);
        }
        long[] sums = new long[3];
        Instant[] last = new Instant[1];
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
                sums[0]++;
                sums[1] += line.group(3).equals("?") ? 0 : Long.parseLong(line.group(3));
                sums[2] += Long.parseLong(line.group(4));
                last[0] = moment(line.group(1), last[0]);
            });
        } catch (IOException e) {
            throw new JournalReadException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return new Total(sums[0], sums[1], sums[2], last[0]);
    }

    private static @Nullable Instant moment(String text, @Nullable Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    /**
     * Adds a line.
     *
     * @param journal the journal's directory
     * @param when the time of day
     * @param what the path of what is retired, within the journal
     * @param sessions how many sessions it holds; negative if that is not known
     * @param bytes how many bytes it takes
     * @param why the reason, as the end of a sentence
     */
    static void add(Path journal, Instant when, String what, long sessions, long bytes, String why) throws IOException {
        Path file = journal.resolve(FILE);
        try {
            Files.createFile(file);
            PrivateFiles.makePrivate(file);
        } catch (FileAlreadyExistsException e) {
            // It was retired from before.
        }
        String line = when + " " + what + " sessions=" + (sessions < 0 ? "?" : Long.toString(sessions)) + " bytes="
                + bytes + " " + why + "\n";
        Files.writeString(file, line, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}
