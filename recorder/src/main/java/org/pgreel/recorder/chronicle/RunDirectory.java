package org.pgreel.recorder.chronicle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalStripe;

/**
 * The directory of one run.
 *
 * @param path where it is
 * @param ordinal its number within the journal, from 1
 */
record RunDirectory(Path path, int ordinal) {

    static final String PROPERTIES_FILE = "run.properties";
    static final String LOCK_FILE = "lock";
    private static final Pattern NAME = Pattern.compile("run-([0-9]{6})");
    private static final int STRIPES_MAX = 1024;

    static RunDirectory of(Path journal, int ordinal) {
        return new RunDirectory(journal.resolve(String.format(Locale.ROOT, "run-%06d", ordinal)), ordinal);
    }

    /** Returns the run whose directory this is; empty if it is something else. */
    static Optional<RunDirectory> of(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() && Files.isDirectory(path)
                ? Optional.of(new RunDirectory(path, Integer.parseInt(name.group(1))))
                : Optional.empty();
    }

    Path properties() {
        return path.resolve(PROPERTIES_FILE);
    }

    Path stripe(int index) {
        return path.resolve("stripe-" + index);
    }

    /** Returns the stripes; none if the process died before the run had begun, since nothing was recorded then. */
    List<JournalStripe> stripes() {
        Map<String, String> properties = RunProperties.read(properties());
        List<JournalStripe> stripes = new ArrayList<>();
        int count = (int) Math.min(STRIPES_MAX, number(properties.get("stripes"), Files.exists(properties()) ? 1 : 0));
        boolean intact = RunProperties.intact(properties);
        if (Files.exists(properties()) && !intact) {
            // Whatever they say, what there is must not be passed over.
            count = 1;
        }
        for (int i = 0; i < count; i++) {
            long records = number(properties.get("records-" + i), QueueStripe.COUNT_UNKNOWN);
            stripes.add(new QueueStripe(stripe(i), records, properties.get("beginning-" + i), intact));
        }
        return stripes;
    }

    private static long number(@Nullable String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
