package org.pgreel.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.chronicle.JournalLimits;
import org.pgreel.recorder.chronicle.RollCycle;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a journal is divided into files, what it keeps, and how much it may take. */
final class JournalOptions {

    private static final Pattern AGE = Pattern.compile("(\\d{1,9})(h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(kib|mib|gib|tib)");
    private static final String SIZES = "kmgt";

    @Option(
            names = "--roll",
            paramLabel = "CYCLE",
            converter = CycleConverter.class,
            description = "Let sessions begin in a new file every so often, by UTC: minutely, ten-minutely, hourly, "
                    + "daily or weekly. A session stays in the file in which it began. Default: one file.")
    @Nullable
    RollCycle roll;

    @Option(
            names = "--retain",
            paramLabel = "AGE|SIZE",
            converter = Retained.Converter.class,
            description = "Retire files whose sessions are all over, at the beginning and while recording: those that "
                    + "ended longer ago than AGE (36h, 30d), or the oldest until the others take SIZE (500MiB, 10GiB). "
                    + "Default: keep all.")
    @Nullable
    Retained retained;

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Let the journal take no more than SIZE, all its runs together: the oldest files whose "
                    + "sessions are all over are retired; where none is left, --on-journal-failure says what becomes "
                    + "of a session. At least 32MiB. Default: any size.")
    @Nullable
    Long bytesMax;

    @Option(
            names = "--stripes",
            paramLabel = "N",
            description =
                    "Write N files side by side, 1 to 8, each session in one of them, so that sessions need not wait "
                            + "for each other. Of a journal with --max-size at most one for each 16MiB. Default: 1.")
    int stripes = 1;

    /**
     * Returns the limits.
     *
     * @param notices told of what is retired
     * @throws CommandFailedException wrong usage: a size in which no journal has room, or a number of stripes that is none
     */
    JournalLimits limits(Consumer<String> notices) {
        if (stripes < 1 || stripes > JournalLimits.STRIPES_MAX) {
            throw CommandFailedException.usage(
                    "--stripes is from 1 to " + JournalLimits.STRIPES_MAX + ", not " + stripes);
        }
        JournalLimits limits = JournalLimits.NONE.notices(notices).stripes(stripes);
        if (roll != null) {
            limits = limits.roll(roll);
        }
        Retained kept = retained;
        Duration age = kept == null ? null : kept.age();
        if (age != null) {
            limits = limits.keepFor(age);
        } else if (kept != null) {
            limits = limits.keepBytes(kept.bytes());
        }
        try {
            return bytesMax == null ? limits : limits.bytesMax(bytesMax);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.usage("--max-size is too small: " + Failures.what(e));
        }
    }

    private static long inBytes(Matcher size) {
        return Long.parseLong(size.group(1))
                << 10 * (SIZES.indexOf(size.group(2).charAt(0)) + 1);
    }

    /**
     * How long, or how much of it, a recording is kept.
     *
     * @param age how long; null if the size decides
     * @param bytes how much, if the age does not decide
     */
    record Retained(@Nullable Duration age, long bytes) {

        /** Reads the command line's spelling. */
        static final class Converter implements ITypeConverter<Retained> {

            @Override
            public Retained convert(String value) {
                String word = value.toLowerCase(Locale.ROOT);
                Matcher size = SIZE.matcher(word);
                if (size.matches()) {
                    return new Retained(null, inBytes(size));
                }
                Matcher age = AGE.matcher(word);
                if (!age.matches()) {
                    throw new TypeConversionException(
                            "'" + value + "' is neither an age (36h, 30d) nor a size (500MiB, 10GiB)");
                }
                long number = Long.parseLong(age.group(1));
                boolean hours = age.group(2).equals("h");
                return new Retained(hours ? Duration.ofHours(number) : Duration.ofDays(number), 0);
            }
        }
    }

    /** Reads a size. */
    static final class SizeConverter implements ITypeConverter<Long> {

        @Override
        public Long convert(String value) {
            Matcher size = SIZE.matcher(value.toLowerCase(Locale.ROOT));
            if (!size.matches()) {
                throw new TypeConversionException("'" + value + "' is not a size (500MiB, 10GiB)");
            }
            return inBytes(size);
        }
    }

    /** Reads the word of a cycle. */
    static final class CycleConverter implements ITypeConverter<RollCycle> {

        @Override
        public RollCycle convert(String value) {
            return Arrays.stream(RollCycle.values())
                    .filter(cycle -> cycle.word().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'" + value + "' is not one of "
                            + Arrays.stream(RollCycle.values())
                                    .map(RollCycle::word)
                                    .collect(Collectors.joining(", "))));
        }
    }
}
