package org.pgreel.recorder.chronicle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.pgreel.recorder.journal.JournalReadException;

/** Small text files of {@code name=value} lines, beside the records of a journal. */
final class RunProperties {

    private static final int FILE_BYTES_MAX = 1 << 20;

    private static final String CHECKSUM = "checksum";

    private RunProperties() {}

    /**
     * Returns whether a file is as it was written.
     *
     * @param properties what was read from it
     */
    static boolean intact(Map<String, String> properties) {
        return checksum(properties).equals(properties.get(CHECKSUM));
    }

    private static String checksum(Map<String, String> properties) {
        CRC32C checksum = new CRC32C();
        properties.forEach((name, value) -> {
            if (!name.equals(CHECKSUM)) {
                checksum.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        return Long.toHexString(checksum.getValue());
    }

    /** Reads a file; what is not a line of this form is passed over, and a missing file has no lines. */
    static Map<String, String> read(Path file) {
        Map<String, String> properties = new LinkedHashMap<>();
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                return properties;
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            text.lines().forEach(line -> {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    properties.put(
                            line.substring(0, equals).strip(),
                            line.substring(equals + 1).strip());
                }
            });
        } catch (NoSuchFileException e) {
            return properties;
        } catch (IOException e) {
            throw new JournalReadException(file + " cannot be read: " + e.getMessage() + ".", e);
        }
        return properties;
    }

    /** Writes a file so that it is there either whole or not at all. */
    static void write(Path file, Map<String, String> properties) throws IOException {
        StringBuilder text = new StringBuilder();
        properties.forEach(
                (name, value) -> text.append(name).append('=').append(value).append('\n'));
        text.append(CHECKSUM).append('=').append(checksum(properties)).append('\n');
        PrivateFiles.write(file, text.toString());
    }
}
