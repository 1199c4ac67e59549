package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.journal.JournalReadException;
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

    /** The property that tells how many stripes are written side by side; there is none if it is one. */
    static final String SIDE_BY_SIDE = "side-by-side";

    private static final Pattern STRIPE = Pattern.compile("stripe-([0-9]{1,7})");
    private static final Pattern NAME = Pattern.compile("run-([0-9]{6})");
    static final int STRIPES_MAX = 1 << 20;

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
        if (!Files.exists(properties())) {
            List<JournalStripe> orphans = thoseThere(Map.of(), PROPERTIES_FILE + " of its run is missing").stream()
                    .filter(QueueStripe::holdsSessions)
                    .map(JournalStripe.class::cast)
                    .toList();
            // A recorder writes them before it records a session, so one that was just starting has written them now.
            if (orphans.isEmpty() || !Files.exists(properties())) {
                return orphans;
            }
        }
        Map<String, String> properties = RunProperties.read(properties());
        if (!RunProperties.intact(properties)) {
            // Whatever they say once they were changed, what there is must not be passed over.
            return List.copyOf(thoseThere(properties, PROPERTIES_FILE + " of its run was changed"));
        }
        int count = (int) Math.min(STRIPES_MAX, number(properties.get("stripes"), 1));
        BitSet retired = RetiredStripes.parse(properties.get(RetiredStripes.PROPERTY));
        List<JournalStripe> stripes = new ArrayList<>();
        for (int i = retired.nextClearBit(0); i < count; i = retired.nextClearBit(i + 1)) {
            stripes.add(stripe(i, properties, null));
        }
        return stripes;
    }

    /** Returns the stripes whose directories there are, and the first in any case. */
    private List<QueueStripe> thoseThere(Map<String, String> properties, String complaint) {
        SortedSet<Integer> ordinals = new TreeSet<>(List.of(0));
        try {
            for (Path entry : StripeFiles.entries(path)) {
                Matcher name = STRIPE.matcher(entry.getFileName().toString());
                if (name.matches() && Files.isDirectory(entry)) {
                    ordinals.add(Integer.valueOf(name.group(1)));
                }
            }
        } catch (IOException e) {
            throw new JournalReadException(path + " cannot be read: " + e.getMessage() + ".", e);
        }
        return ordinals.stream()
                .map(ordinal -> stripe(ordinal, properties, complaint))
                .toList();
    }

    private QueueStripe stripe(int index, Map<String, String> properties, @Nullable String complaint) {
        long records = number(properties.get("records-" + index), QueueStripe.COUNT_UNKNOWN);
        RunStripes group = number(properties.get(SIDE_BY_SIDE), 1) > 1 ? new RunStripes(this) : null;
        return new QueueStripe(stripe(index), records, properties.get("beginning-" + index), complaint, group);
    }

    private static long number(@Nullable String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
