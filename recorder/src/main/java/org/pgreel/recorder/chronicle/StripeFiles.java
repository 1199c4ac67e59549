package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The files of a stripe: its queue, and what is kept beside it. */
final class StripeFiles {

    static final String RETIRED = "retired-";

    private StripeFiles() {}

    static List<Path> of(RunDirectory run, int ordinal) {
        Path queue = run.stripe(ordinal);
        return List.of(queue, QueueStripe.notesBeside(queue), QueueStripe.indexBeside(queue));
    }

    /** Returns a file, or the files in a directory; what is not there has none, and what goes meanwhile is passed over. */
    static List<Path> within(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        }
    }

    /** Removes a file, or a directory and all that is in it. */
    static void remove(Path path) throws IOException {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path one : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        } catch (NoSuchFileException e) {
            // There is nothing to remove.
            return;
        }
    }

    /** Removes the files of a stripe. */
    static void remove(RunDirectory run, int ordinal) throws IOException {
        for (Path part : of(run, ordinal)) {
            remove(part);
        }
    }

    /**
     * Says in the properties of a run that nobody writes any more that a stripe of it was retired.
     *
     * @return whether others are left
     */
    static boolean forget(RunDirectory run, int ordinal) throws IOException {
        Map<String, String> properties = RunProperties.read(run.properties());
        BitSet retired = RetiredStripes.parse(properties.get(RetiredStripes.PROPERTY));
        retired.set(ordinal);
        List<String> names = new ArrayList<>(properties.keySet());
        names.removeIf(name -> !name.endsWith("-" + ordinal));
        names.forEach(properties::remove);
        properties.put(RetiredStripes.PROPERTY, RetiredStripes.text(retired));
        RunProperties.write(run.properties(), properties);
        return retired.nextClearBit(0) < Integer.parseInt(properties.getOrDefault("stripes", "1"));
    }
}
