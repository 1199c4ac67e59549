package org.pgreel.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A recording as the command line names it: {@code PATH}, {@code PATH#S} for session S, {@code PATH#S@N} for its message
 * N.
 *
 * @param path the journal's directory
 * @param session the session's number in the order of the recording, from 1; null for all
 * @param message the message's number within the session, from 1; null for all
 */
record RecordingName(
        Path path, @Nullable Integer session, @Nullable Long message) {

    private static final Pattern PART = Pattern.compile("(?<path>.+?)#(?<session>\\d{1,9})(?:@(?<message>\\d{1,18}))?");

    /** Reads the command line's spelling. */
    static final class Converter implements ITypeConverter<RecordingName> {

        @Override
        public RecordingName convert(String value) {
            var part = PART.matcher(value);
            if (!part.matches()) {
                if (value.indexOf('#') >= 0) {
                    throw new TypeConversionException(
                            "'" + value + "' is not RECORDING, RECORDING#SESSION or RECORDING#SESSION@MESSAGE");
                }
                return new RecordingName(Path.of(value), null, null);
            }
            String message = part.group("message");
            return new RecordingName(
                    Path.of(part.group("path")),
                    Integer.valueOf(part.group("session")),
                    message == null ? null : Long.valueOf(message));
        }
    }
}
