package org.pgreel.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pgreel.recorder.chronicle.JournalRetention;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a journal keeps of what was recorded into it before. */
final class JournalOptions {

    @Option(
            names = "--retain",
            paramLabel = "AGE|SIZE",
            converter = Retained.Converter.class,
            description =
                    "Before recording begins, retire from the journal what earlier runs recorded: those that ended "
                            + "longer ago than AGE (36h, 30d), or the oldest until the others take SIZE (500MiB, 10GiB). Sessions "
                            + "go as a whole. Default: keep all.")
    @Nullable
    Retained retained;

    /**
     * Retires what need not be kept.
     *
     * @param journal the journal's directory, which may be missing
     * @param now the time of day
     * @return how many runs were retired
     */
    int apply(Path journal, Instant now) {
        Retained kept = retained;
        if (kept == null) {
            return 0;
        }
        Duration age = kept.age();
        return age == null
                ? JournalRetention.toSize(journal, kept.bytes())
                : JournalRetention.endedBefore(journal, now.minus(age));
    }

    /**
     * How long, or how much of it, a recording is kept.
     *
     * @param age how long; null if the size decides
     * @param bytes how much, if the age does not decide
     */
    record Retained(@Nullable Duration age, long bytes) {

        private static final Pattern FORM = Pattern.compile("(\\d{1,9})(h|d|kib|mib|gib|tib)");
        private static final String SIZES = "kmgt";

        /** Reads the command line's spelling. */
        static final class Converter implements ITypeConverter<Retained> {

            @Override
            public Retained convert(String value) {
                var form = FORM.matcher(value.toLowerCase(Locale.ROOT));
                if (!form.matches()) {
                    throw new TypeConversionException(
                            "'" + value + "' is neither an age (36h, 30d) nor a size (500MiB, 10GiB)");
                }
                long number = Long.parseLong(form.group(1));
                return switch (form.group(2)) {
                    case "h" -> new Retained(Duration.ofHours(number), 0);
                    case "d" -> new Retained(Duration.ofDays(number), 0);
                    default ->
                        new Retained(
                                null,
                                number << 10 * (SIZES.indexOf(form.group(2).charAt(0)) + 1));
                };
            }
        }
    }
}
